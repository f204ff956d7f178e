import { inspect } from '../pdf/inspect.ts'
import type { TextMark } from '../pdf/stamp.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { stampPdf } from '../signing/stampPdf.ts'
import { eachErrand } from './eachFile.ts'
import { readBytes, writeWhole } from './files.ts'
import { numberList, pageNumber, readFlags, required, wantsJson } from './flags.ts'
import { type Errand, outputFlags, planOutputs } from './outputs.ts'
import { expandPatterns } from './patterns.ts'
import type { Done } from './report.ts'
import { tellRefusal } from './tell.ts'
import { shownName } from './words.ts'

/** Letters are written in 16 points. */
const fontSize = 16

/**
 * `saraban stamp FILE --out FILE --page N --at x,y --text TEXT [--json]`: appends a text whose first baseline begins
 * at the point, in points from the lower left of the page as shown. Exit codes: 0 done, 1 refused, 130 cancelled.
 */
export async function stampFile(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const order = await readOrder(argv)
  if (!order.ok) return tellRefusal(order.refusal, json, 1)
  const { errands, mark } = order.value
  return await eachErrand(errands, { label: 'ประทับ', json }, (errand) => stampOne(errand, mark))
}

async function stampOne({ from, to }: Errand, mark: StampOrder['mark']): Promise<Outcome<Done>> {
  const bytes = await readBytes(from)
  if (!bytes.ok) return bytes
  const inspection = await inspect(bytes.value)
  if (!inspection.ok) return inspection
  const earlier = inspection.value.marks.filter(({ name }) => name.startsWith('stamp:')).length
  const name = `stamp:${earlier + 1}`
  const stamped = await stampPdf(bytes.value, [{ ...mark, name }])
  if (!stamped.ok) return stamped
  const written = await writeWhole(to, stamped.value)
  if (!written.ok) return written
  const words = `ประทับข้อความแล้ว · stamped: ${shownName(to)}`
  return accept({ result: { file: to, name, page: mark.page }, words })
}

interface StampOrder {
  readonly errands: readonly Errand[]
  readonly mark: Omit<TextMark, 'name'>
}

async function readOrder(argv: string[]): Promise<Outcome<StampOrder>> {
  const flags = readFlags(argv, {
    ...outputFlags,
    page: { type: 'string' },
    at: { type: 'string' },
    text: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const files = await expandPatterns(positionals)
  if (!files.ok) return files
  const errands = await planOutputs(files.value, values)
  if (!errands.ok) return errands
  const page = pageNumber(values.page)
  if (!page.ok) return page
  const at = numberList('at', values.at, 2)
  if (!at.ok) return at
  const text = required('text', values.text)
  if (!text.ok) return text
  const [x = 0, y = 0] = at.value
  const mark = { page: page.value, place: { x, y }, lines: text.value.split('\n'), fontSize }
  return accept({ errands: errands.value, mark })
}
