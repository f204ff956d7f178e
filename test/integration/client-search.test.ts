import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { searchedTexts } from '../../src/main/client/search/texts.ts'
import { searchable, wordsOf } from '../../src/main/client/search/words.ts'
import type { FoundPage } from '../../src/main/client/store/searchOperations.ts'
import { type Store, startStore } from '../../src/main/client/store/store.ts'
import { sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import type { SearchFilters } from '../../src/shared/contract/search.ts'
import type { FeedEntry } from '../../src/shared/contract/sync.ts'
import { foldLetter } from '../../src/shared/domain/evolve.ts'
import { directoryOf } from '../../src/shared/domain/organisation.ts'
import { commandOf, draftAndPropose, eventsOf } from '../support/client/feed.ts'
import { accepted, eventually } from '../support/client/testClient.ts'
import { orderBy, seeded, subjectBy, wordFrom } from '../support/search/thaiSentences.ts'

let directory: string
let store: Store
const key = randomBytes(32)
const worker = new URL('../../src/main/processes/storeWorker.ts', import.meta.url)

const openStore = async () => {
  const opened = startStore(worker, () => undefined)
  const path = join(directory, 'store.db')
  accepted(await opened.call('open', { path, key: new Uint8Array(key), personId: 'somying' }))
  await opened.call('keepOrganisation', sampleOrganisation)
  return opened
}
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-'))
  store = await openStore()
})
afterEach(async () => {
  await store.close()
  await rm(directory, { recursive: true, force: true })
})

/** A letter that somying proposed to the deputy, who perhaps returned it. */
function entryOf(
  seq: number,
  subject: string,
  note = '',
  reason = '',
): Extract<FeedEntry, { kind: 'events' }> {
  const letterId = randomUUID()
  const { draft } = draftAndPropose(letterId, subject)
  const acts = [
    { actor: 'somying', command: draft },
    { actor: 'somying', command: commandOf(letterId, null, { type: 'propose', to: 'deputy', note }) },
    ...(reason === ''
      ? []
      : [{ actor: 'teerawat', command: commandOf(letterId, 'deputy', { type: 'return', reason }) }]),
  ]
  return { seq, kind: 'events', letterId, events: eventsOf(acts) }
}
const keep = async (entries: FeedEntry[]) => {
  const next = entries.at(-1)?.seq ?? 0
  await store.call('applyPage', { entries, next, organisation: null })
}
const indexed = () =>
  eventually('the whole index', async () => {
    const page = await store.call('search', { text: '', filters: {}, before: null })
    return page.unindexed === 0
  })
/** The ids of all letters found, page by page, in the order in which they come. */
async function found(text: string, filters: SearchFilters = {}): Promise<string[]> {
  const ids: string[] = []
  for (let before: number | null = null; ; ) {
    const page: FoundPage = await store.call('search', { text, filters, before })
    ids.push(...page.letters.map(({ letter }) => letter.id))
    if (page.next === null) return ids
    before = page.next
  }
}

const people = directoryOf(sampleOrganisation)
const textsOf = ({ events }: ReturnType<typeof entryOf>) => {
  const letter = foldLetter(events)
  if (letter === undefined) throw new Error('no letter')
  return searchedTexts(letter, people, { events, documentText: '' }).map(({ text }) => searchable(text))
}

test('what is found is every letter that has all words somewhere as substrings, and no other', async () => {
  const random = seeded(20_690_117)
  const stress = [
    'งบ',
    'ปี',
    'ก',
    'น้ำ',
    'เเผน',
    'แผน',
    'ท่ี',
    'ก้าว',
    '๒๕๖๙',
    '2569',
    '๘/๒๕',
    'สปสช.',
    '"',
    '*',
    'AND',
    'e-cms',
    'คุณ',
    '(',
    ')',
    'ฎ',
  ]
  const entries = Array.from({ length: 200 }, (_, index) =>
    entryOf(
      index + 1,
      index < stress.length
        ? `${stress[index]} ${subjectBy(random)} ลงท้าย${stress[index]}`
        : subjectBy(random),
      random() < 0.3 ? orderBy(random) : '',
      random() < 0.2 ? subjectBy(random) : '',
    ),
  )
  await keep(entries)
  await indexed()
  const truths = entries.map((entry) => ({ id: entry.letterId, texts: textsOf(entry) }))
  const asked = [
    ...stress,
    'งบ ปี',
    'ก ข',
    'ปี ๒๕๖๙ งบ',
    'ไม่มีคำนี้แน่นอน',
    'ฬ',
    'ฆฆ',
    'รองเลขาธิการ',
    'บันทึกข้อความ.pdf',
    ...Array.from({ length: 150 }, () => {
      const { texts } = truths[Math.floor(random() * truths.length)]!
      const words = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        wordFrom(texts[Math.floor(random() * texts.length)]!, 9, random),
      )
      return words.join(' ')
    }),
  ]
  for (const text of asked) {
    const words = wordsOf(text)
    if (words.length === 0) continue
    const truth = truths.filter(({ texts }) => words.every((word) => texts.some((one) => one.includes(word))))
    expect((await found(text)).toSorted(), text).toEqual(truth.map(({ id }) => id).toSorted())
  }
})

test('Thai and Arabic digits, ways of typing and letter case make no difference', async () => {
  const entry = entryOf(1, 'แผนปฏิบัติการที่ ๑๒/๒๕๖๙ ผ่าน e-CMS')
  await keep([entry])
  await indexed()
  for (const typed of ['12/2569', '๑๒/๒๕๖๙', 'เเผนปฏิบัติการ', 'ท\u0E48\u0E35', 'E-cms', 'ปฏิบัติ  แผน'])
    expect(await found(typed), typed).toEqual([entry.letterId])
})

test('the newest change comes first, and pages follow each other without gap or repetition', async () => {
  const entries = Array.from({ length: 95 }, (_, index) => entryOf(index + 1, `ขออนุมัติ ฉบับที่ ${index}`))
  await keep(entries)
  await indexed()
  const ids = await found('ขออนุมัติ')
  expect(ids).toHaveLength(95)
  expect(new Set(ids).size).toBe(95)
  const page = await store.call('search', { text: 'ขออนุมัติ', filters: {}, before: null })
  const times = page.letters.map(({ letter }) => letter.changedAt)
  expect(times).toEqual(times.toSorted().reverse())
  expect(page).toMatchObject({ total: 95 })
})

test('filters narrow to register, unit, kind, stage, urgency and days, each of them and together', async () => {
  const proposed = entryOf(1, 'ขออนุมัติไปราชการ')
  const returned = entryOf(2, 'ขออนุมัติไปราชการ', '', 'ขาดเอกสารแนบ')
  await keep([proposed, returned])
  await indexed()
  const both = [proposed.letterId, returned.letterId].toSorted()
  const day = proposed.events[0]!.serverTime.slice(0, 10)
  const filtered = async (filters: SearchFilters, text = '') => (await found(text, filters)).toSorted()
  expect(await filtered({ stage: 'returned' })).toEqual([returned.letterId])
  expect(await filtered({ stage: 'proposed', registerId: 'send-fund' }, 'ไปราชการ')).toEqual([
    proposed.letterId,
  ])
  expect(await filtered({ unitId: 'fund', kind: 'internal', urgency: 'normal' })).toEqual(both)
  expect(await filtered({ unitId: 'legal' })).toEqual([])
  expect(await filtered({ urgency: 'urgent' }, 'ไปราชการ')).toEqual([])
  expect(await filtered({ from: '2000-01-01' })).toEqual(both)
  expect(await filtered({ to: '2000-01-01' })).toEqual([])
  const wide = { from: '2020-03-07', to: `${Number(day.slice(0, 4)) + 2}-06-15` }
  expect(await filtered(wide, 'ขออนุมัติ')).toEqual(both)
})

test('a retracted letter cannot be found from that moment on', async () => {
  const entry = entryOf(1, 'เรื่องที่ถูกเรียกคืน')
  await keep([entry])
  await indexed()
  expect(await found('เรียกคืน')).toEqual([entry.letterId])
  await keep([{ seq: 2, kind: 'retract', letterId: entry.letterId }])
  expect(await found('เรียกคืน')).toEqual([])
})

test('a changed letter is found by what it says now, and no longer by what it said', async () => {
  const letterId = randomUUID()
  const { draft, propose } = draftAndPropose(letterId, 'หัวข้อเดิม')
  await store.call('enqueue', { command: draft, evidence: null, file: null })
  await indexed()
  expect(await found('หัวข้อเดิม')).toEqual([letterId])
  if (draft.body.type !== 'draft') throw new Error('no draft')
  const { unitId: _, registerId: __, ...facts } = draft.body
  const revise = commandOf(letterId, null, { ...facts, type: 'revise', subject: 'หัวข้อใหม่' })
  accepted(await store.call('enqueue', { command: revise, evidence: null, file: null }))
  accepted(await store.call('enqueue', { command: propose, evidence: null, file: null }))
  await indexed()
  expect(await found('หัวข้อเดิม')).toEqual([])
  expect(await found('หัวข้อใหม่')).toEqual([letterId])
})

test('letters that waited for the index when the program ended are indexed after the next start', async () => {
  await keep(Array.from({ length: 300 }, (_, index) => entryOf(index + 1, `หนังสือรับรอง ฉบับที่ ${index}`)))
  await store.close()
  store = await openStore()
  await indexed()
  expect(await found('หนังสือรับรอง')).toHaveLength(300)
})

test('a person’s new name finds the letters that they had a hand in before', async () => {
  const entry = entryOf(1, 'ขออนุมัติลา')
  await keep([entry])
  await indexed()
  const renamed = sampleOrganisation.people.map((person) =>
    person.id === 'somying' ? { ...person, name: 'นางสมหญิง นามสกุลใหม่' } : person,
  )
  await store.call('keepOrganisation', { ...sampleOrganisation, people: renamed })
  await eventually('the new name', async () => (await found('นามสกุลใหม่')).length === 1)
})

test('a document’s text finds its letter, with a part of it as the reason', async () => {
  const entry = entryOf(1, 'บันทึกข้อความ')
  await keep([entry])
  const file = { sha256: 'a'.repeat(64), bytes: 1000, name: 'บันทึก.pdf', pageCount: 1, signatures: 0 }
  await store.call('keepFile', file)
  expect(await store.call('documentsWanted', 5)).toEqual([file.sha256])
  await store.call('keepDocumentText', {
    sha256: file.sha256,
    text: 'ค่าใช้จ่ายเป็นเงิน ๓๘๖,๔๐๐ บาท\nเบิกจากงบบริหาร',
  })
  expect(await store.call('documentsWanted', 5)).toEqual([])
  await indexed()
  const page = await store.call('search', { text: '386,400 งบ', filters: {}, before: null })
  expect(page.letters).toMatchObject([
    { letter: { id: entry.letterId }, snippet: { field: 'document' }, subjectMarks: [] },
  ])
  const { text, marks } = page.letters[0]!.snippet!
  expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['๓๘๖,๔๐๐', 'งบ'])
})

test('a new revision is read anew, and what the old one said finds the letter no longer', async () => {
  const letterId = randomUUID()
  const { draft } = draftAndPropose(letterId, 'บันทึกข้อความ')
  const [old, next] = ['a', 'b'].map((digit) => ({
    ...{ sha256: digit.repeat(64), bytes: 1000, name: 'บันทึก.pdf', pageCount: 1, signatures: 0 },
  }))
  accepted(await store.call('enqueue', { command: draft, evidence: null, file: old! }))
  await store.call('keepDocumentText', { sha256: old!.sha256, text: 'วงเงินเดิม' })
  await indexed()
  expect(await found('วงเงินเดิม')).toEqual([letterId])
  if (draft.body.type !== 'draft') throw new Error('no draft')
  const { unitId: _, registerId: __, ...facts } = draft.body
  const revision = { sha256: next!.sha256, bytes: 1000, extends: null }
  const revise = commandOf(letterId, null, { ...facts, type: 'revise', revision })
  accepted(await store.call('enqueue', { command: revise, evidence: null, file: next! }))
  await indexed()
  expect(await found('วงเงินเดิม')).toEqual([])
  expect(await store.call('documentsWanted', 5)).toEqual([next!.sha256])
  await store.call('forgetFile', next!.sha256)
  expect(await store.call('documentsWanted', 5)).toEqual([])
  await store.call('keepFile', next!)
  await store.call('keepFile', next!)
  expect(await store.call('documentsWanted', 5)).toEqual([next!.sha256])
})
