import { parentPort } from 'node:worker_threads'
import { type FetchedBytes, openWithPdfJs } from '../../pdf/places/pdfjs.ts'
import { findHidingParts } from './inkDrawing.ts'
import type { FromInk, InkOrder, ToInk } from './inkWork.ts'

const waiting = new Map<number, ((bytes: Uint8Array) => void)[]>()

const tell = (message: FromInk): void => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToInk) => {
  if ('order' in message) void draw(message.order)
  else waiting.get(message.from)?.shift()?.(message.bytes)
})

/** What pdf.js says when a part of a page is not in the picture: nobody can tell then what covers it. */
const losses =
  /exceeded maximum|unable to decode image|ignoring (pattern|XObject|shading|errors|sub-stream|annotation|operator|the rest)|loadFont|failed to (compile|parse) font|unable to parse|unsupported (.?SMask|.?Mask|blend)/i

console.warn = (text: unknown): void => {
  if (losses.test(String(text))) tell({ failed: String(text) })
}

/** pdf.js unpacks streams whole, however large they become: more than a large picture or the file takes is refused. */
let mostBytesAtOnce = 150 << 20
for (const name of ['Uint8Array', 'Uint8ClampedArray', 'ArrayBuffer'] as const) {
  const limited = new Proxy(globalThis[name], {
    construct: (target, [size, ...more]: unknown[], asked) => {
      if (typeof size === 'number' && size > mostBytesAtOnce) {
        tell({ failed: 'too many bytes at once' })
        throw new RangeError('too many bytes at once')
      }
      return Reflect.construct(target, [size, ...more], asked) as object
    },
  })
  Reflect.set(globalThis, name, limited)
}

async function draw({ length, end, pages }: InkOrder): Promise<void> {
  mostBytesAtOnce = Math.max(mostBytesAtOnce, length)
  try {
    const earlier = await openWithPdfJs(bytesUpTo(end), true)
    const later = await openWithPdfJs(bytesUpTo(length), true)
    try {
      tell({ hiding: await findHidingParts(await earlier.promise, await later.promise, pages) })
    } finally {
      await Promise.all([earlier.destroy(), later.destroy()])
    }
  } catch (error) {
    // pdf.js reports what it cannot read by exceptions of many kinds.
    tell({ failed: String(error) })
  }
}

/** The file's first bytes, which the thread that asked for the drawing hands over piece by piece. */
const bytesUpTo = (length: number): FetchedBytes => ({
  length,
  fetch: (from, to) =>
    new Promise((resolve) => {
      waiting.set(from, [...(waiting.get(from) ?? []), resolve])
      tell({ from, to: Math.min(to, length) })
    }),
})
