import { randomUUID } from 'node:crypto'
import { openDatabase } from '../../../../src/main/client/store/database.ts'
import { type LetterRecords, letterRecords } from '../../../../src/main/client/store/letterRecords.ts'
import { indexMake, mergeIndex } from '../../../../src/main/client/store/searchBackground.ts'
import { searchIndex } from '../../../../src/main/client/store/searchIndex.ts'
import { prepareStatements, type Statements } from '../../../../src/main/client/store/statements.ts'
import { sampleOrganisation } from '../../../../src/server/sampleOrganisation.ts'
import { foldLetter } from '../../../../src/shared/domain/evolve.ts'
import type { Letter } from '../../../../src/shared/domain/letter.ts'
import { commandOf, draftAndPropose, eventsOf } from '../../client/feed.ts'
import { oneOf, orderBy, seeded, subjectBy } from '../../search/thaiSentences.ts'

/** The person whose store it is. */
export const OWNER = 'somying'

/** A store with many letters, open in this process. */
export interface LetterStock {
  readonly statements: Statements
  readonly letters: LetterRecords
  /** Adds letters up to `count` in all, indexes them and merges the index as the background does; seconds that the index took. */
  grow(count: number): number
  /** Every letter so far, made again from the seed. */
  all(): Generator<Letter>
  close(): void
}

const FIRST_DAY = Date.UTC(2016, 0, 1)
/** One letter every so many milliseconds: a million in ten years. */
const APART = 315_000
const CHUNK = 2000
const MERGED_PAGES = 2000

/** Letters by their place in the row: number, subject, words on the way, urgency and unit vary as in an office. */
function* lettersFrom(seed: number): Generator<Letter> {
  const letterId = randomUUID()
  const { draft } = draftAndPropose(letterId, 'ต้นแบบ')
  const propose = commandOf(letterId, null, { type: 'propose', to: 'deputy', note: 'ต้นแบบ' })
  const model = foldLetter(eventsOf([draft, propose].map((command) => ({ actor: OWNER, command }))))
  if (model === undefined) throw new Error('no model letter')
  const random = seeded(seed)
  const { units, people } = sampleOrganisation
  for (let index = 0; ; index += 1) {
    const at = new Date(FIRST_DAY + index * APART).toISOString()
    const unit = oneOf(units, random)
    yield {
      ...model,
      id: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`,
      subject: subjectBy(random),
      urgency: oneOf(['normal', 'normal', 'normal', 'urgent', 'very-urgent', 'most-urgent'], random),
      unitId: unit.id,
      registerId: `send-${unit.id}`,
      authorId: oneOf(people, random).id,
      number: {
        registerId: `send-${unit.id}`,
        buddhistYear: Number(at.slice(0, 4)) + 543,
        serial: index + 1,
        text: `สปสช ${unit.code}/${index + 1}`,
        date: at.slice(0, 10),
      },
      legs: model.legs.map((leg) => ({ ...leg, note: orderBy(random), openedAt: at })),
      draftedAt: at,
      changedAt: at,
    }
  }
}

/** An empty stock in the database at `path`, encrypted as on a PC. */
export function letterStock(path: string, key: Uint8Array, seed = 2569): LetterStock {
  const opened = openDatabase(path, key)
  if (!opened.ok) throw new Error(opened.refusal.code)
  const database = opened.value
  const statements = prepareStatements(database, () => undefined)
  const letters = letterRecords(statements, OWNER)
  letters.keepOrganisation(sampleOrganisation)
  statements.run('meta.set', 'search.make', indexMake(sampleOrganisation))
  const index = searchIndex(statements, letters)
  const source = lettersFrom(seed)
  let count = 0

  const add = (): string => {
    const letter = source.next().value as Letter
    statements.run('letter.set', letter.id, letter.version, '', JSON.stringify(letter))
    count += 1
    return letter.id
  }
  return {
    statements,
    letters,
    grow: (wanted) => {
      let seconds = 0
      while (count < wanted) {
        const chunk = Math.min(CHUNK, wanted - count)
        const ids = statements.background(() => Array.from({ length: chunk }, add))
        const started = performance.now()
        statements.background(() => {
          for (const id of ids) index.put(id)
        })
        seconds += (performance.now() - started) / 1000
      }
      const started = performance.now()
      for (
        let more = mergeIndex(statements, -MERGED_PAGES);
        more;
        more = mergeIndex(statements, MERGED_PAGES)
      );
      seconds += (performance.now() - started) / 1000
      return seconds
    },
    *all() {
      const again = lettersFrom(seed)
      for (let index = 0; index < count; index += 1) yield again.next().value as Letter
    },
    close: () => database.close(),
  }
}
