import { inspect } from '../pdf/inspect.ts'
import type { TextMark } from '../pdf/stamp.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { stampPdf } from '../signing/stampPdf.ts'
import { readBytes, writeWhole } from './files.ts'
import { numberList, onlyFile, pageNumber, readFlags, required } from './flags.ts'
import { tellDone, tellRefusal } from './tell.ts'

/** Letters are written in 16 points. */
const fontSize = 16

/**
 * `saraban stamp FILE --out FILE --page N --at x,y --text TEXT [--json]`: appends a text whose first baseline begins
 * at the point, in points from the lower left of the page as shown. Exit codes: 0 done, 1 refused.
 */
export async function stampFile(argv: string[]): Promise<number> {
  const json = argv.includes('--json')
  const done = await run(argv)
  if (!done.ok) return tellRefusal(done.refusal, json, 1)
  const { out } = done.value
  const sentences = { th: `ประทับข้อความแล้ว: ${out}`, en: `The text was stamped: ${out}` }
  return tellDone({ file: out, ...done.value.mark }, json, sentences)
}

async function run(argv: string[]): Promise<Outcome<{ out: string; mark: { name: string; page: number } }>> {
  const order = readOrder(argv)
  if (!order.ok) return order
  const { file, out, mark } = order.value
  const bytes = await readBytes(file)
  if (!bytes.ok) return bytes
  const inspection = await inspect(bytes.value)
  if (!inspection.ok) return inspection
  const earlier = inspection.value.marks.filter(({ name }) => name.startsWith('stamp:')).length
  const name = `stamp:${earlier + 1}`
  const stamped = await stampPdf(bytes.value, [{ ...mark, name }])
  if (!stamped.ok) return stamped
  const written = await writeWhole(out, stamped.value)
  return written.ok ? accept({ out, mark: { name, page: mark.page } }) : written
}

interface StampOrder {
  readonly file: string
  readonly out: string
  readonly mark: Omit<TextMark, 'name'>
}

function readOrder(argv: string[]): Outcome<StampOrder> {
  const flags = readFlags(argv, {
    out: { type: 'string' },
    page: { type: 'string' },
    at: { type: 'string' },
    text: { type: 'string' },
    json: { type: 'boolean' },
  })
  if (!flags.ok) return flags
  const { positionals, values } = flags.value
  const file = onlyFile(positionals)
  if (!file.ok) return file
  const out = required('out', values.out)
  if (!out.ok) return out
  const page = pageNumber(values.page)
  if (!page.ok) return page
  const at = numberList('at', values.at, 2)
  if (!at.ok) return at
  const text = required('text', values.text)
  if (!text.ok) return text
  const [x = 0, y = 0] = at.value
  const mark = { page: page.value, place: { x, y }, lines: text.value.split('\n'), fontSize }
  return accept({ file: file.value, out: out.value, mark })
}
