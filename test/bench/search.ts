import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchedTexts } from '../../src/main/client/search/texts.ts'
import { searchable, wordsOf } from '../../src/main/client/search/words.ts'
import { searchExpression } from '../../src/main/client/store/searchExpression.ts'
import { indexFacts } from '../../src/main/client/store/searchOperations.ts'
import { type Store, startStore } from '../../src/main/client/store/store.ts'
import { sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import { directoryOf } from '../../src/shared/domain/organisation.ts'
import { median, percentile, rounded } from '../support/bench/measure.ts'
import { type LetterStock, letterStock, OWNER } from '../support/bench/search/letterStock.ts'
import { seeded, subjectBy, wordFrom } from '../support/search/thaiSentences.ts'

const FEW = 100_000
const MANY = 1_000_000
/** What is asked of each stock, and for how many of it the whole truth is worked out. */
const QUERIES = 300
const TRUTHS = 60

/**
 * Searches in a client's encrypted store of 100,000 and of 1,000,000 letters: from the request to the first page with
 * its marks, in the store's worker. `p95` and `millionP95` are of one to three words of 3 to 12 characters cut from
 * anywhere in subjects, `twoCharacterP95` of words of two; `recall` is the part of the letters that have the words as
 * substrings which were found, and is zero when one was found that has them not. Times in ms, `build…` in seconds;
 * `processor…` is what the same searches took of the processor, which others' work on the machine does not lengthen.
 * SARABAN_BENCH_LETTERS sets another large number, for a first look.
 */
export async function bench(): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'))
  const path = join(folder, 'store.db')
  const key = randomBytes(32)
  const many = Number(process.env.SARABAN_BENCH_LETTERS ?? MANY)
  const few = Math.min(FEW, many)
  try {
    const stock = letterStock(path, new Uint8Array(key))
    const buildSeconds = stock.grow(few)
    const recall = recallOf(stock)
    const small = await measured(path, key)
    const millionBuildSeconds = buildSeconds + stock.grow(many)
    const large = many > few ? await measured(path, key) : small
    stock.close()
    return {
      p95: small.p95,
      twoCharacterP95: small.twoCharacterP95,
      millionP95: large.p95,
      recall,
      millionTwoCharacterP95: large.twoCharacterP95,
      processorP95: small.processorP95,
      processorTwoCharacterP95: small.processorTwoCharacterP95,
      millionProcessorP95: large.processorP95,
      median: small.median,
      millionMedian: large.median,
      letters: few,
      manyLetters: many,
      buildSeconds: rounded(buildSeconds),
      millionBuildSeconds: rounded(millionBuildSeconds),
      megabytes: rounded(statSync(path).size / 1e6),
      load: rounded(loadavg()[0] ?? 0),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Words cut from subjects of the same kind: `count` of them, of a length up to `longest`. */
function phrase(random: () => number, count: number, longest: number): string {
  const words: string[] = []
  while (words.length < count) {
    const word = wordFrom(subjectBy(random), longest, random).replaceAll(' ', '')
    if ([...word].length >= Math.min(3, longest) && [...word].length >= Math.min(2, longest)) words.push(word)
  }
  return words.join(' ')
}

async function measured(path: string, key: Uint8Array) {
  const store: Store = startStore(
    new URL('../../src/main/processes/storeWorker.ts', import.meta.url),
    () => undefined,
  )
  const opened = await store.call('open', { path, key: new Uint8Array(key), personId: OWNER })
  if (!opened.ok) throw new Error(opened.refusal.code)
  const random = seeded(17)
  const times = async (asked: readonly string[]) => {
    const wall: number[] = []
    const processor: number[] = []
    for (const text of asked) {
      const before = process.cpuUsage()
      const started = performance.now()
      await store.call('search', { text, filters: {}, before: null })
      wall.push(performance.now() - started)
      const { user, system } = process.cpuUsage(before)
      processor.push((user + system) / 1000)
    }
    return { wall, processor }
  }
  const words = Array.from({ length: QUERIES }, (_, index) => phrase(random, 1 + (index % 3), 12))
  const pairs = ['งบ', 'ปี', ...Array.from({ length: QUERIES / 2 }, () => phrase(random, 1, 2))]
  await times(words.slice(0, 20))
  const ofWords = await times(words)
  const ofPairs = await times(pairs)
  await store.close()
  return {
    p95: rounded(percentile(ofWords.wall, 0.95)),
    median: rounded(median(ofWords.wall)),
    twoCharacterP95: rounded(percentile(ofPairs.wall, 0.95)),
    processorP95: rounded(percentile(ofWords.processor, 0.95)),
    processorTwoCharacterP95: rounded(percentile(ofPairs.processor, 0.95)),
  }
}

/** Found letters over letters that have the words, over many searches. */
function recallOf(stock: LetterStock): number {
  const directory = directoryOf(sampleOrganisation)
  const texts = new Map<string, string>()
  for (const letter of stock.all()) {
    const searched = searchedTexts(letter, directory, { events: [], documentText: '' })
    texts.set(letter.id, searched.map(({ text }) => searchable(text)).join('\n'))
  }
  const facts = indexFacts(stock.statements)
  const random = seeded(99)
  const asked = ['งบ', 'ปี', 'ก', 'ฬ', 'น้ำ', '๒๕๗๐', '/12', 'สปสช. เขต', 'ค่า งบ ปี']
  while (asked.length < TRUTHS)
    asked.push(phrase(random, 1 + (asked.length % 3), asked.length % 4 === 0 ? 2 : 12))
  let wanted = 0
  let right = 0
  for (const text of asked) {
    const words = wordsOf(text)
    const truth = new Set<string>()
    for (const [id, all] of texts) if (words.every((word) => all.includes(word))) truth.add(id)
    const expression = searchExpression(words, {}, facts)
    const found =
      expression === null
        ? []
        : stock.statements
            .all<{ letter_id: string }>('search.findAll', expression)
            .map((row) => row.letter_id)
    if (found.some((id) => !truth.has(id))) return 0
    wanted += truth.size
    right += found.length
  }
  return wanted === 0 ? 0 : right / wanted
}
