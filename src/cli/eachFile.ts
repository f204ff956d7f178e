import type { Outcome } from '../shared/outcome.ts'
import { discardTemporaries } from '../signing/wholeFile.ts'
import { listenForInterruption } from './interruption.ts'
import { checkOutput, type Errand } from './outputs.ts'
import { type Done, Report } from './report.ts'
import { tellRefusal } from './tell.ts'

/** What the file under way is given to come to an end by itself after Ctrl-C, in milliseconds. */
const patience = 3000

/** How a command tells of its files. */
interface Telling {
  /** What is being done, such as `ประทับ`. */
  readonly label: string
  readonly json: boolean
}

/** How far the work came. */
interface Course {
  readonly done: number
  readonly refused: number
  readonly total: number
  /** Whether Ctrl-C ended it. */
  readonly cancelled: boolean
}

/**
 * Works on one item after the other and tells of each. Ctrl-C gives up the file under way, of which nothing is left,
 * and begins no other. `endsWith` is the last word for people when the files were many.
 */
export async function eachFile<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { label, json }: Telling,
  work: (item: Item, signal: AbortSignal) => Promise<Outcome<Done>>,
  endsWith: (course: Course) => string = summary,
): Promise<Course> {
  const report = new Report(label, items.length, json)
  const interruption = listenForInterruption()
  const givenUp = new Promise<undefined>((tell) => {
    interruption.signal.addEventListener('abort', () => setTimeout(tell, patience, undefined))
  })
  let [done, refused] = [0, 0]
  for (const item of items) {
    const name = nameOf(item)
    report.begin(name)
    const outcome = await Promise.race([work(item, interruption.signal), givenUp])
    if (outcome?.ok) {
      done++
      report.done(outcome.value)
    }
    if (outcome === undefined || interruption.signal.aborted) break
    if (!outcome.ok) {
      refused++
      report.refused(outcome.refusal, name)
    }
  }
  interruption.stop()
  const course = { done, refused, total: items.length, cancelled: interruption.signal.aborted }
  report.end(course.cancelled ? undefined : endsWith(course))
  if (course.cancelled) {
    discardTemporaries()
    tellRefusal({ code: 'run-cancelled', detail: { done, total: items.length } }, json, 130)
  }
  return course
}

/** The same for files of which others are made. Exit codes: 0 all done, 1 one was refused, 130 cancelled. */
export async function eachErrand(
  errands: readonly Errand[],
  telling: Telling,
  work: (errand: Errand, signal: AbortSignal) => Promise<Outcome<Done>>,
): Promise<number> {
  const carryOut = async (errand: Errand, signal: AbortSignal): Promise<Outcome<Done>> => {
    const free = await checkOutput(errand)
    return free.ok ? await work(errand, signal) : free
  }
  const course = await eachFile(errands, ({ from }) => from, telling, carryOut)
  return exitCodeOf(course)
}

const exitCodeOf = ({ refused, cancelled }: Course): number => (cancelled ? 130 : refused === 0 ? 0 : 1)

const summary = ({ done, total }: Course): string =>
  `เสร็จ ${done} จาก ${total} ไฟล์ · ${done} of ${total} files done`
