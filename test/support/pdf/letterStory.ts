import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rectangle, shownSize } from '../../../src/pdf/geometry.ts'
import { inspect } from '../../../src/pdf/inspect.ts'
import { findPlaces, type Places } from '../../../src/pdf/places/places.ts'
import { stamp, type TextMark } from '../../../src/pdf/stamp.ts'
import { readAnnotations } from '../../../src/pdf/structure/annotations.ts'
import { assertPrefix } from '../../../src/pdf/structure/append.ts'
import { openFile } from '../../../src/pdf/structure/document.ts'
import { openFileSource } from '../../../src/pdf/structure/fileSource.ts'
import { readPages } from '../../../src/pdf/structure/pages.ts'
import { checkSignedRevision } from '../../../src/signing/signedRevision.ts'
import { stampPdf } from '../../../src/signing/stampPdf.ts'
import { verifyFile } from '../../../src/signing/verify.ts'
import { signWithKey } from '../pki/keys.ts'
import { weakJudges } from './corpus.ts'
import { judgeAll } from './judges.ts'
import { accepted, type Office, openOffice } from './office.ts'
import { drawPage, inFolder, judge } from './tools.ts'

const number = 'สปสช ๕.๓๐/๑๒๔๗'
const day = '๑๖ กันยายน ๒๕๖๙'
const people = ['นางสาวน้ำทิพย์ กตัญญูรู้คุณ', 'นายปรีชา วงศ์สาม'] as const

/** The first form of LibreOffice's waits until all of them are made. */
const mostMilliseconds = 400_000

/** A form to which the story is told, and how many signatures of others it brings. */
export interface StoryForm {
  readonly make: (office: Office) => Promise<Uint8Array> | Uint8Array
  readonly signatures?: number
}

/** What offices do with a letter: number and date, two signatures, the second by another, and a receive stamp. */
interface Story {
  readonly original: Uint8Array
  readonly numbered: Uint8Array
  readonly once: Uint8Array
  readonly twice: Uint8Array
  readonly received: Uint8Array
  /** Where marks and blocks stand. */
  readonly pages: readonly number[]
}

const marksAt = ({ number: forNumber, date }: Places): TextMark[] => [
  { name: 'number', ...forNumber, lines: [number] },
  { name: 'date', ...date, lines: [day] },
]

const blockAt = ({ block }: Places, name: string) => ({
  ...block,
  lines: [name, 'ผู้อำนวยการสำนักบริหารงบกองทุน', `ลงนาม ${day} ๑๕.๔๒ น.`],
  qr: 'https://saraban.example/v/0199',
})

async function tell({ pki }: Office, original: Uint8Array): Promise<Story> {
  const first = accepted(await findPlaces(original))
  const numbered = accepted(await stamp(original, marksAt(first)))
  const once = accepted(await signWithKey(pki, 0, numbered, { block: blockAt(first, people[0]) }))
  const second = accepted(await findPlaces(once))
  const twice = accepted(await signWithKey(pki, 1, once, { block: blockAt(second, people[1]) }))
  const { block } = accepted(await findPlaces(twice))
  const lines = ['สำนักงานหลักประกันสุขภาพแห่งชาติ เขต ๗', `รับที่ ๑๒๓ วันที่ ${day}`]
  const mark = { name: 'stamp:1', ...block, lines, fontSize: 12, frame: true }
  const received = accepted(await stampPdf(twice, [mark]))
  const pages = [...new Set([first.number.page, first.date.page, first.block.page, second.block.page])]
  return { original, numbered, once, twice, received, pages }
}

/** What `qpdf --check` returns, from good to bad. */
const faults = [0, 3, 2]
const packed = (text: string): string => text.replace(/\s+/g, '')

/** Tells the letter's story to each form, and lets every judge look at each step. */
export function tellToEach(forms: Readonly<Record<string, StoryForm>>): void {
  let office: Office

  beforeAll(() => {
    office = openOffice([
      { name: people[0], email: 'namthip@nhso.example', key: 'rsa-2048' },
      { name: people[1], email: 'preecha@nhso.example', key: 'ec-p256' },
    ])
  })

  afterAll(() => office.close())

  describe.each(Object.keys(forms))('%s', (name) => {
    const { make, signatures = 0 } = forms[name]!
    const weak = weakJudges[name]
    let story: Story

    beforeAll(async () => {
      story = await tell(office, await make(office))
    }, mostMilliseconds)

    test('every revision keeps the bytes of the one before, and the server accepts it', async () => {
      const { original, numbered, once, twice } = story
      const { trust } = office
      assertPrefix(original, numbered)
      expect(await checkSignedRevision({ base: original, revision: once, trust })).toMatchObject({
        ok: true,
        value: { marks: [{ text: number }, { text: day }] },
      })
      expect(await checkSignedRevision({ base: numbered, revision: once, trust })).toMatchObject({ ok: true })
      expect(await checkSignedRevision({ base: once, revision: twice, trust })).toMatchObject({
        ok: true,
        value: { signer: { commonName: people[1] } },
      })
    })

    test('both signatures are valid, and another office may put its receive stamp', async () => {
      const { original, twice, received } = story
      const all = 2 + signatures
      for (const [bytes, laterChanges] of [
        [twice, 'none'],
        [received, 'permitted'],
      ] as const) {
        const verification = await verifyFile(bytes, { trust: office.trust })
        expect(verification).toMatchObject({ verdict: 'valid' })
        const fields = verification.signatures.map(({ field }) => field)
        expect(fields).toHaveLength(all)
        expect(fields.slice(-2)).toEqual(['Signature', 'Signature-2'])
        expect(verification.signatures.at(-1)?.laterChanges).toBe(laterChanges)
      }
      const [{ poppler, mupdf, openssl, qpdf }, before] = await Promise.all([
        judgeAll(received, office),
        judge(original, 'qpdf', '--check', 'IN'),
      ])
      expect(poppler, poppler.output).toMatchObject({ signatures: all, intact: all, trusted: all })
      if (weak?.mupdf === undefined)
        expect(mupdf, mupdf.output).toMatchObject({ signatures: all, intact: all })
      // Poppler signs without the attribute that CAdES asks for.
      expect(openssl, openssl.output).toMatchObject({ signatures: all, intact: 2 })
      expect(faults.indexOf(qpdf.status), qpdf.output).toBeLessThanOrEqual(faults.indexOf(before.status))
    })

    test('read from disk in parts, the file tells the same as in memory', async () => {
      const { received } = story
      await inFolder(async (folder) => {
        const path = join(folder, 'received.pdf')
        await writeFile(path, received)
        const source = openFileSource(path)
        try {
          expect(await inspect(source)).toEqual(await inspect(received))
          const settings = { trust: office.trust }
          expect(await verifyFile(source, settings)).toEqual(await verifyFile(received, settings))
        } finally {
          source.close()
        }
      })
    })

    test('poppler and mupdf read number, date and names', async () => {
      const [poppler, mupdf] = await Promise.all([
        judge(story.twice, 'pdftotext', 'IN', '-'),
        judge(story.twice, 'mutool', 'draw', '-q', '-F', 'txt', 'IN', story.pages.join(',')),
      ])
      for (const text of [number, day, ...people]) {
        expect(packed(poppler.output)).toContain(packed(text))
        expect(packed(mupdf.output)).toContain(packed(text))
      }
    })

    test('what was added stands on the page, in its place, and over no ink', async () => {
      const { original, twice } = story
      const file = accepted(openFile(twice))
      const pages = readPages(file)
      const own = accepted(await inspect(original)).pages
      const old = new Set(
        readAnnotations(accepted(openFile(original)), pages).map((annotation) => annotation.number),
      )
      const added = readAnnotations(file, pages).filter((annotation) => !old.has(annotation.number))
      expect(added).toHaveLength(4)
      for (const page of new Set(added.map((annotation) => annotation.page))) {
        const shown = shownSize(pages[page - 1]!)
        expect(shown.width).toBe(own[page - 1]!.width)
        const places = added.filter((annotation) => annotation.page === page).map(({ place }) => place)
        for (const [index, place] of places.entries()) {
          expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(-0.01)
          expect(place.x + place.width).toBeLessThanOrEqual(shown.width + 0.01)
          expect(place.y + place.height).toBeLessThanOrEqual(shown.height + 0.01)
          // Lines of text have room for ปู่ and ฏุ, so that one line's room reaches into the next.
          for (const other of places.slice(index + 1))
            expect(overlap(place, other) / (place.width * place.height)).toBeLessThan(0.3)
        }
        const { outside, covered } = await compare(original, twice, page, places, shown)
        expect(outside).toBe(0)
        expect(covered).toBeLessThan(40)
      }
    })
  })
}

const overlap = (one: Rectangle, other: Rectangle): number =>
  Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)) *
  Math.max(0, Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y))

/** Pixels that changed outside all places, and pixels within them that were inked before and changed. */
async function compare(
  before: Uint8Array,
  after: Uint8Array,
  page: number,
  places: readonly Rectangle[],
  shown: { readonly width: number; readonly height: number },
): Promise<{ outside: number; covered: number }> {
  const [one, other] = await Promise.all([drawPage(before, page, 50), drawPage(after, page, 50)])
  expect([other.width, other.height]).toEqual([one.width, one.height])
  const perPoint = one.width / shown.width
  let outside = 0
  let covered = 0
  for (let at = 0; at < one.pixels.length; at++) {
    const [was, is] = [one.pixels[at] ?? 0, other.pixels[at] ?? 0]
    if (Math.abs(was - is) < 16) continue
    const x = (at % one.width) / perPoint
    const y = shown.height - Math.floor(at / one.width) / perPoint
    const slack = 1.5 / perPoint
    const inside = places.some(
      (place) =>
        x > place.x - slack &&
        x < place.x + place.width + slack &&
        y > place.y - slack &&
        y < place.y + place.height + slack,
    )
    if (!inside) outside++
    else if (was < 160) covered++
  }
  return { outside, covered }
}
