import type { Refusal } from '../shared/outcome.ts'
import { progressLine } from './progressLine.ts'
import { inWords, refusalTexts } from './tell.ts'
import { shownName } from './words.ts'

/** What was done with a file: what --json prints, and the words for people. */
export interface Done {
  readonly result: object
  readonly words: string
}

/** Where a terminal does not tell its width. */
const usualColumns = 80
const clearLine = '\r\u001b[K'

/**
 * Tells of files one after the other: lines on standard output, refusals for people on standard error, and there,
 * when it is a terminal and the files are many, a progress bar.
 */
export class Report {
  readonly #json: boolean
  readonly #total: number
  readonly #label: string
  readonly #begun = Date.now()
  readonly #draws: boolean
  #finished = 0

  /** `label` says what is being done, such as `ลงนาม`. */
  constructor(label: string, total: number, json: boolean) {
    this.#label = label
    this.#total = total
    this.#json = json
    this.#draws = !json && total > 1 && process.stderr.isTTY === true
  }

  /** A file is begun. */
  begin(file: string): void {
    if (!this.#draws) return
    const progress = {
      label: this.#label,
      done: this.#finished,
      total: this.#total,
      current: file,
      elapsedMilliseconds: Date.now() - this.#begun,
    }
    process.stderr.write(clearLine + progressLine(progress, process.stderr.columns || usualColumns))
  }

  /** A file is done. */
  done({ result, words }: Done): void {
    this.#finish()
    console.log(this.#json ? JSON.stringify(result) : words)
  }

  /** A file was refused. It is named when it is one of many. */
  refused(refusal: Refusal, file: string): void {
    this.#finish()
    const texts = refusalTexts(refusal)
    const isOne = this.#total === 1
    if (this.#json) console.log(JSON.stringify(isOne ? texts : { file, ...texts }))
    else console.error(isOne ? inWords(texts) : `${shownName(file)}: ${inWords(texts)}`)
  }

  /** The last word, for people and when the files were many; none when the work was cancelled. */
  end(words?: string): void {
    this.#clear()
    if (words !== undefined && !this.#json && this.#total > 1) console.error(words)
  }

  #finish(): void {
    this.#finished++
    this.#clear()
  }

  #clear(): void {
    if (this.#draws) process.stderr.write(clearLine)
  }
}
