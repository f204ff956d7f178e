import type { Folder } from '../../../shared/contract/ipc.ts'
import type { LetterRow, Tray } from '../../../shared/contract/views.ts'
import { isOverdue, type Letter, openLeg, senderOf, stageOf } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import type { ListedLetter } from '../store/operations.ts'
import { OWN_TRAY } from '../store/placement.ts'

type Count = { readonly tray: string; readonly folder: Folder; readonly count: number }

/** The trays of a person: each position held, each position served, and one's own letters. */
export function traysOf(personId: string, directory: Directory, counts: readonly Count[]): Tray[] {
  const now = new Date().toISOString()
  const tray = (positionId: string | null, title: string, role: Tray['role']): Tray => {
    const own = counts.filter((count) => count.tray === (positionId ?? OWN_TRAY))
    const of = (folder: Folder) => own.find((count) => count.folder === folder)?.count ?? 0
    return {
      positionId,
      title,
      role,
      counts: {
        'to-sign': of('to-sign'),
        followed: of('followed'),
        drafts: of('drafts'),
        returned: of('returned'),
        signed: of('signed'),
      },
    }
  }
  const held = directory.held(personId, now)
  const delegated = directory.actsFor(personId, now).filter((position) => !held.includes(position))
  return [
    ...held.map(({ id, title }) => tray(id, title, 'holder')),
    ...delegated.map(({ id, title }) => tray(id, title, 'delegate')),
    ...directory.served(personId, now).map(({ id, title }) => tray(id, title, 'secretary')),
    tray(null, '', 'author'),
  ]
}

/** Who writes: the unit, or whoever sent a letter from elsewhere. */
export const writerOf = (letter: Letter, directory: Directory): string =>
  senderOf(letter)?.from ?? directory.unit(letter.unitId)?.name ?? letter.unitId

/** A letter as a line of a list. */
export function rowOf({ letter, unread, waiting }: ListedLetter, directory: Directory): LetterRow {
  const leg = openLeg(letter)
  const sender = senderOf(letter)
  return {
    letterId: letter.id,
    subject: letter.subject,
    urgency: letter.urgency,
    stage: stageOf(letter),
    number: letter.number?.text ?? (sender?.number || null),
    date: letter.number?.date ?? sender?.date ?? null,
    from: (leg?.from && directory.position(leg.from)?.title) || writerOf(letter, directory),
    withPosition: leg === undefined ? null : (directory.position(leg.to)?.title ?? leg.to),
    signatures: letter.signatures.length,
    changedAt: letter.changedAt,
    changedBy: directory.person(letter.changedBy)?.name ?? directory.organisation.name,
    secrecy: letter.secrecy,
    dueAt: leg?.dueAt ?? letter.dueAt,
    overdue: isOverdue(letter, new Date().toISOString()),
    unread,
    waiting,
  }
}
