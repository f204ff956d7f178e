import { type Kysely, sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { SERVER_ACTOR, type ServerCommand } from '../../shared/contract/letter.ts'
import type { CommandQueue } from '../commands/queue.ts'
import type { Tables } from '../database/tables.ts'

/** With what disposals are carried out. */
export interface DisposalParts {
  readonly database: Kysely<Tables>
  readonly queue: CommandQueue
  readonly clock: () => Date
}

interface Waiting {
  readonly disposalId: string
  readonly letterId: string
  readonly type: 'destroy' | 'hand-to-archives'
}

const AT_ONCE = 64

/**
 * Takes away the letters of disposals that were carried out, each by a command of its own through the queue; what was
 * cut short goes on here. A letter that somebody has taken up again meanwhile, so that it is kept longer, stays, and
 * one on loan waits until it is back. Returns how many letters went.
 */
export async function carryOutDisposals(
  { database, queue, clock }: DisposalParts,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let gone = 0
  for (const group of inGroups(await lettersWaiting(database))) {
    if (isStopping()) break
    const results = await queue.submit(
      group.map(({ disposalId, letterId, type }) => {
        const command: ServerCommand = {
          ...{ id: uuid(), letterId, positionId: null, clientTime: clock().toISOString() },
          body: { type, disposalId },
        }
        return { command, actor: SERVER_ACTOR, device: SERVER_ACTOR }
      }),
    )
    gone += results.filter(({ outcome }) => outcome === 'accepted').length
  }
  return gone
}

/** What is still there of disposals that the committee, the head and the Archives have settled. */
async function lettersWaiting(database: Kysely<Tables>): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select disposal.id as disposal_id, letter.id as letter_id, settled.type from disposal
    cross join lateral (
      select value, 'destroy' as type from jsonb_array_elements_text(disposal #> '{carriedOut,destroyed}') as value
      union all
      select value, 'hand-to-archives' from jsonb_array_elements_text(disposal #> '{carriedOut,handedOver}') as value
    ) as settled
    join letter on letter.id = settled.value::uuid and letter.stage = 'stored'
    where disposal.stage = 'carried-out'
      and not letter.letter -> 'loans' @> '[{"state": "granted"}]'
      and (settled.type = 'hand-to-archives' or (letter.letter #>> '{keeping,keptUntil}')::int < disposal.year)
    order by disposal.id, letter.id`.execute(database)
  return rows
}

const inGroups = (waiting: readonly Waiting[]): Waiting[][] =>
  Array.from({ length: Math.ceil(waiting.length / AT_ONCE) }, (_, index) =>
    waiting.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
