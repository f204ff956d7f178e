import { inspect } from '../pdf/inspect.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { extendFile } from '../signing/extendFile.ts'
import { stampAppendix } from '../signing/stampPdf.ts'
import { eachErrand } from './eachFile.ts'
import { readFlags, wantsJson } from './flags.ts'
import { markFlags, readMark, type UnnamedMark } from './markOrder.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/**
 * `saraban stamp FILE… --out FILE | --out-dir DIR --page N --at x,y --text TEXT [--json]`: appends a text whose first
 * baseline begins at the point, in points from the lower left of the page as shown; or another kind of mark. Exit
 * codes: 0 done, 1 refused, 130 cancelled.
 */
export async function stampFile(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const order = await readOrder(argv)
  if (!order.ok) return tellRefusal(order.refusal, json, 1)
  const { errands, mark } = order.value
  return await eachErrand(errands, { label: 'ประทับ', json }, (errand) => stampOne(errand, mark))
}

async function stampOne({ from, to }: Errand, mark: StampOrder['mark']): Promise<Outcome<Done>> {
  let name = ''
  const written = await extendFile(from, to, async (source) => {
    const inspection = await inspect(source)
    if (!inspection.ok) return inspection
    const earlier = inspection.value.marks.filter((found) => found.name.startsWith('stamp:')).length
    name = `stamp:${earlier + 1}`
    return await stampAppendix(source, [{ ...mark, name }])
  })
  if (!written.ok) return written
  const words = `ประทับแล้ว · stamped: ${shownName(to)}`
  return accept({ result: { file: to, name, page: mark.page }, words })
}

interface StampOrder {
  readonly errands: readonly Errand[]
  readonly mark: UnnamedMark
}

async function readOrder(argv: string[]): Promise<Outcome<StampOrder>> {
  const flags = readFlags(argv, { ...outputFlags, ...markFlags, json: { type: 'boolean' } })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const mark = await readMark(values)
  if (!mark.ok) return mark
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const errands = await planOutputs(files.value, values)
  return errands.ok ? accept({ errands: errands.value, mark: mark.value }) : errands
}
