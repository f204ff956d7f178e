import { type Kysely, sql } from 'kysely'
import type { DisposalDetail, DisposalLetterView, DisposalView } from '../../shared/contract/officeViews.ts'
import type { Letter } from '../../shared/domain/letter.ts'
import { type Disposal, disposalStage, membersOf } from '../../shared/domain/office/disposal.ts'
import { archivesDue, hasExpired, isForArchives, surveyDue } from '../../shared/domain/retention.ts'
import { subjectFor } from '../../shared/domain/secrecy.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { bangkokDay, buddhistYear } from '../../shared/thai/dates.ts'
import type { Tables } from '../database/tables.ts'
import { keeps, type Reader } from './readRegisters.ts'

/** Whether the reader takes part in a disposal: its unit's or the registry's clerk, the committee, the head. */
export function maySeeDisposal(reader: Reader, disposal: Disposal): boolean {
  const { directory, personId, now } = reader
  return (
    keeps(reader, disposal.unitId) ||
    keeps(reader, directory.organisation.registryUnitId) ||
    membersOf(disposal).includes(personId) ||
    directory.actsFor(personId, now).some(({ rank }) => rank === 'agency')
  )
}

/** The disposals that the reader takes part in, the latest first. */
export async function readDisposals(database: Kysely<Tables>, reader: Reader): Promise<DisposalView[]> {
  const rows = await database
    .selectFrom('disposal')
    .select('disposal')
    .orderBy('year', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const seen = rows.flatMap(({ disposal }) => (maySeeDisposal(reader, disposal) ? [disposal] : []))
  return seen.map((disposal) => ({ ...factsOf(disposal), letters: disposal.letterIds.length }))
}

const factsOf = (disposal: Disposal) => ({
  ...{ id: disposal.id, unitId: disposal.unitId, year: disposal.year, listedAt: disposal.listedAt },
  stage: disposalStage(disposal),
})

/** One disposal with its list. Refuses disposal-unknown, also where the reader takes no part in it. */
export async function readDisposal(
  database: Kysely<Tables>,
  reader: Reader,
  id: string,
): Promise<Outcome<DisposalDetail>> {
  const row = await database.selectFrom('disposal').select('disposal').where('id', '=', id).executeTakeFirst()
  if (!row || !maySeeDisposal(reader, row.disposal)) return refuse('disposal-unknown')
  const { disposal } = row
  const letters = await database
    .selectFrom('letter')
    .select('letter')
    .where('id', 'in', disposal.letterIds)
    .orderBy('numberDate')
    .orderBy('id')
    .execute()
  const { approved, carriedOut, committee, wanted, listedBy, views, offered } = disposal
  return accept({
    ...factsOf(disposal),
    ...{ listedBy, wanted: wanted && [...wanted] },
    committee: committee && { chair: committee.chair, members: [...committee.members] },
    views: views.map(({ keep, ...view }) => ({ ...view, keep: [...keep] })),
    approved: approved && {
      ...{ personId: approved.by, positionId: approved.positionId, at: approved.at, note: approved.note },
      archivesUntil: approved.archivesUntil,
    },
    carriedOut: carriedOut && { personId: carriedOut.by, at: carriedOut.at },
    letters: letters.map(({ letter }) =>
      letterView(letter, offered.includes(letter.id) ? 'offer' : 'destroy', reader),
    ),
  })
}

/** Which letters of a unit a list may name, and from where on. */
export interface CandidatesAsked {
  readonly unitId: string
  /** Undefined for the present Buddhist year. */
  readonly year: number | undefined
  /** The letter after which to begin. */
  readonly after: string | undefined
  readonly limit: number
}

/**
 * What is over in a unit before a Buddhist year (ข้อ 66), and what is 20 years old then (ข้อ 58), for its clerk. Refuses
 * clerk-only.
 */
export async function readCandidates(
  database: Kysely<Tables>,
  reader: Reader,
  { unitId, year: asked, after, limit }: CandidatesAsked,
): Promise<
  Outcome<{ letters: DisposalLetterView[]; surveyDue: string; archivesDue: string; next: string | null }>
> {
  if (!keeps(reader, unitId)) {
    return refuse('clerk-only', { unit: reader.directory.unit(unitId)?.name ?? unitId })
  }
  const present = buddhistYear(bangkokDay(reader.now))
  const year = Math.min(asked ?? present, present)
  const { rows } = await sql<{ letter: Letter }>`
    select letter from letter where unit_id = ${unitId} and stage = 'stored'
      and id > ${after ?? '00000000-0000-0000-0000-000000000000'}
    order by id limit ${limit}`.execute(database)
  const letters = rows.flatMap(({ letter }): DisposalLetterView[] => {
    if (hasExpired(letter, year)) return [letterView(letter, 'destroy', reader)]
    return isForArchives(letter, year) ? [letterView(letter, 'offer', reader)] : []
  })
  const next = rows.length === limit ? (rows.at(-1)?.letter.id ?? null) : null
  return accept({ letters, surveyDue: surveyDue(year), archivesDue: archivesDue(year), next })
}

function letterView(
  letter: Letter,
  fate: DisposalLetterView['fate'],
  { personId, directory }: Reader,
): DisposalLetterView {
  const number = letter.number ?? letter.receipt
  return {
    id: letter.id,
    number: number?.text ?? '',
    date: number?.date ?? null,
    subject: subjectFor(personId, letter, directory),
    classId: letter.keeping?.classId ?? '',
    keptUntil: letter.keeping?.keptUntil ?? null,
    fate,
    gone: letter.gone?.how ?? null,
  }
}
