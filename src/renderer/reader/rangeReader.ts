import { PDFDataRangeTransport } from 'pdfjs-dist'

/** Files up to this size are fetched whole; of larger ones only what the pages read need. */
const WHOLE_BYTES = 4_000_000
const FIRST_BYTES = 262_144

const range = (from: number, to: number) => ({ headers: { Range: `bytes=${from}-${to - 1}` } })

/** Gives pdf.js the parts of a large file that it asks for. */
class RangeReader extends PDFDataRangeTransport {
  readonly #address: string
  readonly #ended = new AbortController()

  constructor(address: string, length: number, beginning: Uint8Array<ArrayBuffer>) {
    super(length, beginning)
    this.#address = address
  }

  override requestDataRange(begin: number, end: number): void {
    const read = async () => {
      const answer = await fetch(this.#address, { ...range(begin, end), signal: this.#ended.signal })
      if (answer.status !== 206) throw new Error(`a part of the file answers ${answer.status}`)
      this.onDataRange(begin, new Uint8Array(await answer.arrayBuffer()))
    }
    read().catch((reason: unknown) => {
      if (!this.#ended.signal.aborted) console.error('a part of the file cannot be read', reason)
    })
  }

  override abort(): void {
    this.#ended.abort()
  }
}

/** A file as pdf.js takes it: all its bytes, or a reader of its parts. */
export type PdfSource = { readonly data: Uint8Array } | { readonly range: PDFDataRangeTransport }

/** Begins to read the file at `address`; throws when it cannot be read. */
export async function pdfSource(address: string): Promise<PdfSource> {
  const start = await fetch(address, range(0, FIRST_BYTES))
  if (!start.ok) throw new Error(`the file answers ${start.status}`)
  const beginning = new Uint8Array(await start.arrayBuffer())
  const length = Number(/\/(\d+)$/.exec(start.headers.get('content-range') ?? '')?.[1] ?? beginning.length)
  if (start.status !== 206 || length <= beginning.length) return { data: beginning }
  if (length > WHOLE_BYTES) return { range: new RangeReader(address, length, beginning) }
  const whole = await fetch(address)
  if (!whole.ok) throw new Error(`the file answers ${whole.status}`)
  return { data: new Uint8Array(await whole.arrayBuffer()) }
}
