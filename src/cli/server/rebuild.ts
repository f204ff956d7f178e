import { rebuildProjections } from '../../server/keeping/rebuild.ts'
import { accept, refuse } from '../../shared/outcome.ts'
import { wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, readOnlyFlags, withKept } from './keptPlace.ts'
import { tellFinding } from './tellFinding.ts'

/**
 * `saraban server rebuild [--data DIR] [--json]`: makes every table that can be derived anew from the logs, in one
 * transaction, while the server runs. Exits 0, or 2 on a refusal.
 */
export async function rebuild(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const read = readOnlyFlags(argv, placeFlags)
  if (!read.ok) return tellRefusal(read.refusal, json, 2)
  const rebuilt = await withKept(placeOf(read.value.data), async ({ database }) => {
    let count = 0
    const done = await rebuildProjections(database, (finding) => {
      if (finding.code.endsWith('-unreadable')) count += 1
      tellFinding(finding, json)
    })
    return done ? accept(done) : refuse('server-log-unreadable', { count })
  })
  if (!rebuilt.ok) return tellRefusal(rebuilt.refusal, json, 2)
  const { letters, mended, sentAnew } = rebuilt.value
  if (json) console.log(JSON.stringify(rebuilt.value))
  else {
    for (const [table, { removed, written }] of Object.entries(mended)) {
      console.log(`${table}: ลบ ${removed} เขียน ${written} แถว · ${removed} rows removed, ${written} written`)
    }
    console.log(
      `✓ สร้างตารางใหม่จากประวัติหนังสือ ${letters} ฉบับ ส่งให้เครื่องลูกข่ายใหม่ ${sentAnew} ฉบับ · ` +
        `Rebuilt from the logs of ${letters} letters; ${sentAnew} are sent to clients anew`,
    )
  }
  return 0
}
