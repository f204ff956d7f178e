import type { Folder } from '../../../shared/contract/ipc.ts'
import { type Letter, type LetterStage, openLeg, stageOf } from '../../../shared/domain/letter.ts'

/** One's own letters, as a tray beside the positions'. */
export const OWN_TRAY = ''

/** Where a letter is listed: a tray (a position's id, or OWN_TRAY) and the folder in it. */
export interface Placement {
  readonly tray: string
  readonly folder: Folder
}

/** Every place where `personId` may find the letter: the author's own list and each position that it was with. */
export function placementsOf(letter: Letter, personId: string): Placement[] {
  const positions = [...new Set(letter.legs.map((leg) => leg.to))]
  const own = letter.authorId === personId ? [{ tray: OWN_TRAY, folder: authorFolder(letter) }] : []
  return [...own, ...positions.map((tray) => ({ tray, folder: positionFolder(letter, tray) }))]
}

/** The author's folder for each stage: at work here, with somebody, given back, done. */
const AUTHOR_FOLDERS: Readonly<Record<LetterStage, Folder>> = {
  draft: 'drafts',
  checking: 'followed',
  registered: 'followed',
  proposed: 'followed',
  returned: 'returned',
  signed: 'signed',
  ordered: 'signed',
  closed: 'signed',
  stored: 'signed',
  cancelled: 'returned',
  gone: 'signed',
}

const authorFolder = (letter: Letter): Folder => AUTHOR_FOLDERS[stageOf(letter)]

function positionFolder(letter: Letter, positionId: string): Folder {
  if (openLeg(letter)?.to === positionId) return 'to-sign'
  const outcomes = letter.legs.filter((leg) => leg.to === positionId).map((leg) => leg.outcome)
  const last = outcomes[outcomes.length - 1]
  if (last === 'endorsed') return 'signed'
  return last === 'signed' || last === 'returned' ? last : 'followed'
}
