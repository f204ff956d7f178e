import { columnsOf, lastColumns, shownName } from './words.ts'

/** How far a command with many files has come. */
export interface Progress {
  /** What is being done, such as `ลงนาม`. */
  readonly label: string
  readonly done: number
  readonly total: number
  /** The file under way. */
  readonly current: string
  readonly elapsedMilliseconds: number
}

const barColumns = 20
const leastForName = 8

/** One line of at most `columns`: label, bar, count, time left and as much of the file's name as there is room for. */
export function progressLine(progress: Progress, columns: number): string {
  const { label, done, total, current } = progress
  const filled = total === 0 ? barColumns : Math.floor((done / total) * barColumns)
  const bar = '█'.repeat(filled) + '░'.repeat(barColumns - filled)
  const count = `${done}/${total}`
  const left = timeLeft(progress)
  const head = [label, bar, count, ...(left === undefined ? [] : [left])].join(' ')
  // Some terminals begin a new line when the last column is written.
  const room = columns - 1 - columnsOf(head) - 1
  if (room >= leastForName) return `${head} ${lastColumns(shownName(current), room)}`
  return columnsOf(head) < columns ? head : lastColumns(count, columns - 1)
}

/** Told from the first file on: guessed from the mean of those that are done. */
function timeLeft({ done, total, elapsedMilliseconds }: Progress): string | undefined {
  if (done === 0 || done === total) return undefined
  const seconds = Math.ceil(((elapsedMilliseconds / done) * (total - done)) / 1000)
  return seconds < 60 ? `เหลือ ${seconds} วินาที` : `เหลือ ${Math.ceil(seconds / 60)} นาที`
}
