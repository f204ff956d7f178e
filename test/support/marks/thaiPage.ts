import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NewFile } from '../../../src/pdf/memo/newFile.ts'
import { dictionaryOf, nameOf } from '../../../src/pdf/structure/values.ts'
import { EmbeddedFont, flateStream } from '../../../src/pdf/text/fontEmbedding.ts'
import type { Typeface } from '../../../src/pdf/text/typeface.ts'
import { inFolder, tool } from '../pdf/tools.ts'
import { magick } from './pictures.ts'

/** What is hard to set: marks on tall letters, letters that lose their feet, two marks, ำ, and Latin in between. */
export const hardSentences = [
  'น้ำใจผู้ใหญ่ให้น้ำปั่นน้ำแข็ง',
  'กตัญญูรู้คุณ ญูญุฐุฐูฎุฏู',
  'ปั๊มน้ำมัน ป๊อป ป๋า ฝ้าย ฟ้า ฟื้น ปี่ ฝึก',
  'ที่นี่มีสิ่งที่ดี ทั้งนี้เพื่อให้',
  'ปู่ย่า ฤๅษี ฦๅ ก็ ก์ กิ์ สิทธิ์ สัตว์',
  'จุฬาลงกรณ์ ฬ่ ฬี่ ฬุ ป่าไม้',
  'สำนักงาน ค่ำ ต้ำ ป้ำ จำนวน',
  'เแโใไ แล้ว เมื่อ โต๊ะ ไม่ ใช่',
  'ฯลฯ เรื่อย ๆ กรุงเทพฯ',
  '๐๑๒๓๔๕๖๗๘๙ 0123456789',
  'นพ.สมชาย (Dr. Somchai) No. ๕.๓๐/1247-A',
  'วันที่ A่ เวลา 15.42 น. “อ้างอิง” – ๑๐๐%',
]

const page = { width: 600, height: 800 }
const [left, firstBaseline, pitch, fontSize] = [30, 60, 55, 30]
const pixelsPerPoint = 2

/** Where line `index` is on the page, in points from its top, marks above and below included. */
const lineBand = (index: number): { top: number; bottom: number } => {
  const baseline = firstBaseline + pitch * index
  return { top: baseline - 1.3 * fontSize, bottom: baseline + 0.5 * fontSize }
}

/** One page with the lines as its content, set by us. */
export async function pageOfLines(typeface: Typeface, lines: readonly string[]): Promise<Uint8Array> {
  const file = new NewFile()
  const font = new EmbeddedFont(typeface, 'Thai')
  const operators = lines.map((line, index) =>
    font.operators(line, left, page.height - firstBaseline - pitch * index, fontSize),
  )
  const content = file.add(flateStream(operators.join(''), {}))
  const pages = file.add(null)
  const leaf = file.add(
    dictionaryOf({
      Type: nameOf('Page'),
      Parent: pages,
      MediaBox: [0, 0, page.width, page.height],
      Contents: content,
      Resources: dictionaryOf({ Font: dictionaryOf({ Thai: file.add(font.dictionary(file)) }) }),
    }),
  )
  file.replace(pages, dictionaryOf({ Type: nameOf('Pages'), Kids: [leaf], Count: 1 }))
  return file.write(file.add(dictionaryOf({ Type: nameOf('Catalog'), Pages: pages })), new Map())
}

/** The same lines as Chromium shapes and draws them with the font in the file `fontPath`. */
export const chromiumPicture = (fontPath: string, lines: readonly string[]): Promise<GrayPicture> =>
  inFolder(async (folder) => {
    const [html, picture] = [join(folder, 'lines.html'), join(folder, 'lines.png')]
    const divs = lines.map(
      (line, index) =>
        `<svg style="position:absolute;left:0;top:0" width="${page.width}" height="${page.height}"><text x="${left}" y="${firstBaseline + pitch * index}" lang="th" xml:space="preserve">${line}</text></svg>`,
    )
    await writeFile(
      html,
      `<!doctype html><meta charset="utf-8"><style>@font-face{font-family:Set;src:url("file://${fontPath}")}
body{margin:0;background:white}text{font:${fontSize}px Set;fill:black}</style>${divs.join('')}`,
    )
    await tool(
      'chromium',
      ...[
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--hide-scrollbars',
        '--allow-file-access-from-files',
      ],
      `--user-data-dir=${join(folder, 'profile')}`,
      `--force-device-scale-factor=${pixelsPerPoint}`,
      `--window-size=${page.width},${page.height}`,
      '--virtual-time-budget=3000',
      `--screenshot=${picture}`,
      html,
    )
    return readGray(magick([picture, '-colorspace', 'Gray', '-depth', '8', 'pgm:-']))
  })

/** The page as poppler draws it. */
export const popplerPicture = (bytes: Uint8Array): Promise<GrayPicture> =>
  inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'page')]
    await writeFile(from, bytes)
    await tool('pdftoppm', '-r', String(72 * pixelsPerPoint), '-gray', '-singlefile', from, to)
    return readGray(magick([`${to}.pgm`, 'pgm:-']))
  })

/** A picture with one byte a pixel, 0 black to 255 white. */
export interface GrayPicture {
  readonly width: number
  readonly pixels: Uint8Array
}

function readGray(bytes: Uint8Array): GrayPicture {
  const file = Buffer.from(bytes)
  const [head = '', width] = /^P5\s+(\d+)\s+\d+\s+255\s/.exec(file.toString('latin1', 0, 64)) ?? []
  return { width: Number(width), pixels: file.subarray(head.length) }
}

/** How much of a line's ink in `one` has no ink of `other` within a pixel, from 0 to 1. */
export function inkApart(one: GrayPicture, other: GrayPicture, index: number): number {
  const band = lineBand(index)
  const dark = ({ width, pixels }: GrayPicture, x: number, y: number, than: number): boolean =>
    (pixels[y * width + x] ?? 255) < than
  let [ink, apart] = [0, 0]
  for (let y = Math.floor(band.top * pixelsPerPoint); y < band.bottom * pixelsPerPoint; y++) {
    for (let x = 0; x < one.width; x++) {
      if (!dark(one, x, y, 90)) continue
      ink++
      let isNear = false
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) isNear ||= dark(other, x + dx, y + dy, 200)
      if (!isNear) apart++
    }
  }
  return ink === 0 ? 1 : apart / ink
}
