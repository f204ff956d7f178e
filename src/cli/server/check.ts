import { checkKept } from '../../server/keeping/check.ts'
import { accept } from '../../shared/outcome.ts'
import { wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, readOnlyFlags, withKept } from './keptPlace.ts'
import { tellFinding } from './tellFinding.ts'

/**
 * `saraban server check [--data DIR] [--fast] [--json]`: looks at all that a server keeps, while it runs. A line for
 * each finding, then one that sums up. Exits 0 when there is nothing to be found, 1 when there is, 2 on a refusal.
 */
export async function check(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const read = readOnlyFlags(argv, { ...placeFlags, fast: { type: 'boolean' } })
  if (!read.ok) return tellRefusal(read.refusal, json, 2)
  let count = 0
  const checked = await withKept(placeOf(read.value.data), async (kept) =>
    accept(
      await checkKept(kept, { fast: read.value.fast ?? false }, (finding) => {
        count += 1
        tellFinding(finding, json)
      }),
    ),
  )
  if (!checked.ok) return tellRefusal(checked.refusal, json, 2)
  const { letters, events, files, feed } = checked.value
  if (json) console.log(JSON.stringify({ findings: count, ...checked.value }))
  else {
    const seen = `หนังสือ ${letters} ฉบับ เหตุการณ์ ${events} ไฟล์ ${files} ฟีด ${feed}`
    const looked = `${letters} letters, ${events} events, ${files} files, ${feed} feed entries`
    console.log(
      count === 0
        ? `✓ ตรวจแล้วไม่พบสิ่งผิดปกติ: ${seen} · Nothing wrong in ${looked}`
        : `พบสิ่งผิดปกติ ${count} รายการ: ${seen} · ${count} findings in ${looked}`,
    )
  }
  return count === 0 ? 0 : 1
}
