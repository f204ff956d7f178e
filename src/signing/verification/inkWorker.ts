import { parentPort } from 'node:worker_threads'
import { type FetchedBytes, openWithPdfJs } from '../../pdf/pdfjs.ts'
import { findHidingParts } from './inkDrawing.ts'
import type { FromInk, InkOrder, ToInk } from './inkWork.ts'

const waiting = new Map<number, ((bytes: Uint8Array) => void)[]>()

const tell = (message: FromInk): void => parentPort?.postMessage(message)

parentPort?.on('message', (message: ToInk) => {
  if ('order' in message) void draw(message.order)
  else waiting.get(message.from)?.shift()?.(message.bytes)
})

async function draw({ length, end, pages }: InkOrder): Promise<void> {
  try {
    const [earlier, later] = [await openWithPdfJs(bytesUpTo(end)), await openWithPdfJs(bytesUpTo(length))]
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
