import { Worker } from 'node:worker_threads'
import type { ByteSource } from '../../pdf/structure/byteSource.ts'
import type { Change } from './changeKinds.ts'
import type { FromInk, InkPage, ToInk } from './inkWork.ts'

/** What drawing may cost: a page that was made to hold its reader holds a thread that can be ended. */
const mostMilliseconds = 4000
const manyPages = 20
const millisecondsOfPage = 200
const mostPatience = 30_000
const mostGrowth = 320 << 20
const lookEvery = 20
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

/** A worker has drawn enough after so many files: what pdf.js keeps is thrown away with it. */
const mostFiles = 200

let worker: Worker | undefined
let drawn = 0
let before: Promise<unknown> = Promise.resolve()

interface Drawing {
  readonly source: ByteSource
  readonly end: number
  readonly pages: readonly InkPage[]
}

/**
 * Draws pages as they were after the first `end` bytes and as they are, in a thread of its own, one file after the
 * other. Returns what hides earlier ink; undefined when it failed, took too long or too much memory.
 */
export function drawAside(drawing: Drawing): Promise<readonly Change[] | undefined> {
  const mine = before.then(() => drawIn(current(), drawing))
  before = mine
  return mine
}

function current(): Worker {
  if (worker === undefined || ++drawn > mostFiles) {
    void worker?.terminate()
    // Bundled for the desktop, the worker stands beside what starts it.
    const file = import.meta.url.endsWith('.ts') ? './inkWorker.ts' : './inkWorker.cjs'
    const started = new Worker(new URL(file, import.meta.url), { resourceLimits: heap })
    started.on('error', () => forget(started)).on('exit', () => forget(started))
    worker = started
    drawn = 0
  }
  return worker
}

function forget(ended: Worker): void {
  if (worker === ended) worker = undefined
}

function drawIn(thread: Worker, { source, end, pages }: Drawing): Promise<readonly Change[] | undefined> {
  return new Promise((settle) => {
    const finish = (found: readonly Change[] | undefined): void => {
      clearInterval(watch)
      thread.off('message', hear).off('error', fail).off('exit', fail)
      if (found === undefined) {
        forget(thread)
        void thread.terminate()
      } else thread.unref()
      settle(found)
    }
    const fail = (): void => finish(undefined)
    const hear = (message: FromInk): void => {
      if ('failed' in message) fail()
      else if ('hiding' in message)
        finish(
          message.hiding.map(({ kind, object, page }) => ({
            kind,
            page,
            ...(object === undefined ? {} : { object }),
          })),
        )
      else {
        const bytes = source.read(message.from, message.to).slice()
        thread.postMessage({ from: message.from, bytes } satisfies ToInk)
      }
    }
    const isBeyond = bounds(pages.length)
    const watch = setInterval(() => {
      if (isBeyond()) fail()
    }, lookEvery)
    thread.ref()
    thread.on('message', hear).on('error', fail).on('exit', fail)
    thread.postMessage({ order: { length: source.length, end, pages } } satisfies ToInk)
  })
}

/** Tells whether too much has been spent since: the processor's time, for others may be at work on the machine. */
function bounds(pages: number): () => boolean {
  const allowed = Math.min(
    mostPatience,
    mostMilliseconds + Math.max(0, pages - manyPages) * millisecondsOfPage,
  )
  const begun = performance.now()
  const spent = process.cpuUsage()
  const memory = process.memoryUsage.rss()
  return () => {
    if (process.memoryUsage.rss() - memory > mostGrowth) return true
    const waited = performance.now() - begun
    const { user, system } = process.cpuUsage(spent)
    return waited > mostPatience || (waited > allowed && (user + system) / 1000 > allowed)
  }
}
