import { randomUUID } from 'node:crypto'
import type { Command, CommandBody, LetterEvent } from '../../../../src/shared/contract/letter.ts'
import type { Organisation } from '../../../../src/shared/contract/organisation.ts'
import { evolve } from '../../../../src/shared/domain/evolve.ts'
import { type Letter, openLeg, stageOf } from '../../../../src/shared/domain/letter.ts'
import { directoryOf } from '../../../../src/shared/domain/organisation.ts'
import { draftCommand, proposeCommand } from '../../server/letters.ts'
import { sha256 } from '../../server/minimalPdf.ts'
import { command } from '../../server/testClient.ts'
import { letterFile } from '../files.ts'

/** Something that a person of the office does next. */
export interface Act {
  readonly personId: string
  readonly command: Command
  /** What has to be uploaded first. */
  readonly file?: Uint8Array
}

/** An office at work: letters are drafted, proposed, numbered, forwarded and returned, by all its people. */
export interface Office {
  /** The next act; its letter rests until `done` is told what came of it. */
  next(): Act
  /** Returns the letter as it stands after the events. */
  done(act: Act, events: readonly LetterEvent[]): Letter
}

const kinds = ['draft', 'propose', 'number', 'return', 'forward'] as const
/** A letter that has gone this far is put away, as letters are. */
const LONGEST = 12
const FILE_BYTES = 20_000

/** A busy day in `organisation`, the same for the same `seed`. */
export function busyOffice(organisation: Organisation, seed = 1): Office {
  const directory = directoryOf(organisation)
  const random = randomFrom(seed)
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value
  const now = new Date().toISOString()
  const sending = organisation.registers.filter(({ id }) => id.startsWith('send-'))
  const authors = organisation.people.filter(({ unitId }) => sending.some((one) => one.unitId === unitId))
  const executives = organisation.positions.filter(
    ({ id, executive }) => executive && directory.holder(id, now) !== undefined,
  )
  const resting = new Map<string, Letter>()
  const known = new Map<string, Letter>()

  const draft = (): Act => {
    const author = pick(authors)
    const letterId = randomUUID()
    const file = letterFile(FILE_BYTES, letterId)
    const register = sending.find(({ unitId }) => unitId === author.unitId)
    const { body } = draftCommand(letterId, file)
    const facts = { unitId: author.unitId, registerId: register?.id, pageCount: 1 }
    const asked = { ...body, ...facts, revision: { sha256: sha256(file), bytes: file.length, extends: null } }
    return { personId: author.id, command: command(letterId, asked as CommandBody), file }
  }
  const act = (kind: (typeof kinds)[number]): Act | undefined => {
    if (kind === 'draft') return draft()
    const fitting = [...resting.values()].filter((letter) => {
      if (kind === 'propose') return stageOf(letter) === 'draft' || stageOf(letter) === 'returned'
      const isNumbered = letter.number !== null
      return openLeg(letter) !== undefined && isNumbered === (kind !== 'number')
    })
    if (fitting.length === 0) return undefined
    const letter = pick(fitting)
    const at = openLeg(letter)?.to ?? ''
    const others = executives.filter(({ id }) => id !== at)
    resting.delete(letter.id)
    if (kind === 'propose') {
      return { personId: letter.authorId, command: proposeCommand(letter.id, pick(others).id) }
    }
    const body: CommandBody =
      kind === 'number'
        ? { type: 'bind-number' }
        : kind === 'return'
          ? { type: 'return', reason: 'ขอให้แก้ชื่อเรื่อง' }
          : { type: 'forward', to: pick(others).id, note: 'เพื่อโปรดพิจารณา' }
    const personId = directory.holder(at, now)?.id ?? ''
    return { personId, command: command(letter.id, body, at) }
  }
  return {
    next: () => act(pick(kinds)) ?? draft(),
    done: ({ command: { letterId } }, events) => {
      const letter = events.reduce<Letter | undefined>(
        (folded, event) => evolve(folded, event),
        known.get(letterId),
      )
      if (!letter) throw new Error('a letter that was acted on is known')
      if (letter.version < LONGEST) {
        known.set(letterId, letter)
        resting.set(letterId, letter)
      } else known.delete(letterId)
      return letter
    },
  }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
