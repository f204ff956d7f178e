import { type Insertable, sql, type Transaction } from 'kysely'
import type { LetterEvent } from '../../shared/contract/letter.ts'
import { firstBrokenLink } from '../../shared/domain/eventChain.ts'
import { foldLetter } from '../../shared/domain/evolve.ts'
import type { Tables } from '../database/tables.ts'
import { inBatches } from '../keeping/batches.ts'
import type { Report } from '../keeping/findings.ts'
import { letterRows } from './letterRows.ts'

/** The tables that can be made again from the logs; those that others refer to first. */
export const projectionTables = ['letter', 'letterFile', 'registerEntry', 'registerCounter'] as const

/** The name of a table that can be made again. */
export type ProjectionTable = (typeof projectionTables)[number]

/** Rows of some projections. */
export type ProjectionRows = { readonly [Table in ProjectionTable]?: readonly Insertable<Tables[Table]>[] }

/** How much of the logs was read. */
export interface LogsRead {
  letters: number
  events: number
}

const EVENTS_AT_ONCE = 1000

/**
 * Reads every log once and gives the rows that follow from it, a few letters at a time. A log that is broken or
 * cannot be folded is reported; its letter gives no rows in the latter case.
 */
export async function* rowsFromLogs(
  transaction: Transaction<Tables>,
  report: Report,
  read: LogsRead,
): AsyncGenerator<ProjectionRows> {
  for await (const logs of lettersLogs(transaction)) {
    const rows = logs.flatMap((log) => {
      read.letters += 1
      read.events += log.length
      const letter = letterOf(log, report)
      return letter === undefined ? [] : [letterRows(letter)]
    })
    yield {
      letter: rows.flatMap(({ letter }) => letter),
      letterFile: rows.flatMap(({ letterFile }) => letterFile),
      registerEntry: rows.flatMap(({ registerEntry }) => registerEntry),
    }
  }
}

function letterOf(log: readonly LetterEvent[], report: Report) {
  const letter = log[0]?.letterId ?? ''
  const version = firstBrokenLink(log)
  if (version !== undefined) report({ code: 'log-broken-link', detail: { letter, version } })
  try {
    return foldLetter(log)
  } catch {
    report({ code: 'log-unreadable', detail: { letter } })
    return undefined
  }
}

/** Whole logs, as many as come with about a thousand events. */
async function* lettersLogs(transaction: Transaction<Tables>): AsyncGenerator<LetterEvent[][]> {
  const query = sql<{ letterId: string; event: LetterEvent }>`
    select letter_id, event from letter_event order by letter_id, version`
  let open: { letterId: string; log: LetterEvent[] } | undefined
  for await (const rows of inBatches(transaction, query, EVENTS_AT_ONCE)) {
    const whole: LetterEvent[][] = []
    for (const { letterId, event } of rows) {
      if (open?.letterId !== letterId) {
        if (open) whole.push(open.log)
        open = { letterId, log: [] }
      }
      open.log.push(event)
    }
    yield whole
  }
  if (open) yield [open.log]
}
