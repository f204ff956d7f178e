import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/tables.ts'
import { inBatches } from './batches.ts'
import type { Report } from './findings.ts'

/**
 * Reports numbers that a register skips or has twice. In each of its years numbers run from 1: issued ones, cancelled
 * ones, which keep their row, and reserved ones. Up to the last one that came from an older system they are as that
 * had them.
 */
export async function checkRegisters(transaction: Transaction<Tables>, report: Report): Promise<void> {
  const gaps = sql<{ registerId: string; buddhistYear: number; from: number; to: number }>`
    select register_id, buddhist_year, before + 1 as "from", serial - 1 as "to" from (
      select register_id, buddhist_year, serial,
        lag(serial, 1, 0) over (partition by register_id, buddhist_year order by serial) as before,
        coalesce(max(serial) filter (where imported) over (partition by register_id, buddhist_year), 0) as imported
      from (
        select register_id, buddhist_year, serial, bool_or(imported) as imported from (
          select register_id, buddhist_year, serial, letter_id is null as imported from register_entry
          union all select register_id, buddhist_year, serial, false from reservation
        ) as given group by register_id, buddhist_year, serial
      ) as taken
    ) as entries where serial <> before + 1 and serial > imported`
  for await (const rows of inBatches(transaction, gaps, 500)) {
    for (const { registerId: register, buddhistYear: year, from, to } of rows) {
      report({ code: 'number-gap', detail: { register, year, from, to } })
    }
  }
  const doubles = sql<{ registerId: string; buddhistYear: number; number: string; times: number }>`
    select register_id, buddhist_year, number, count(*) as times from register_entry
    group by register_id, buddhist_year, number having count(*) > 1`
  for await (const rows of inBatches(transaction, doubles, 500)) {
    for (const { registerId: register, buddhistYear: year, number, times } of rows) {
      report({ code: 'number-double', detail: { register, year, number, times } })
    }
  }
}
