import { crc32, deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Mark, stamp } from '../../src/pdf/stamp.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import { type ColorPicture, drawInColor, magick, readPpm } from '../support/marks/pictures.ts'
import { rawFile } from '../support/pdf/rawFile.ts'

const cell = { width: 64, height: 64 }
const columns = 6

/** A page with room for `count` pictures. */
const page = (count: number): Uint8Array =>
  rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: `<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 ${columns * cell.width} ${Math.ceil(count / columns) * cell.height}] /Resources <<>>>>`,
    3: '<</Type /Page /Parent 2 0 R>>',
  })

/** Sets each picture into a cell, one pixel to a point. */
const stamped = (pictures: readonly Uint8Array[]): Promise<Outcome<Uint8Array>> =>
  stamp(
    page(pictures.length),
    pictures.map((bytes, index): Mark => {
      const [x, y] = [(index % columns) * cell.width, Math.floor(index / columns) * cell.height]
      return { kind: 'image', name: `image:${index}`, page: 1, place: { x, y, ...cell }, bytes }
    }),
  )

const drawing = [
  '-size',
  '64x48',
  'gradient:#d03020-#2050e0',
  '-fill',
  '#20a040',
  '-draw',
  'circle 20,24 20,10',
]
const seeThrough = [
  ...drawing,
  '-alpha',
  'set',
  '-region',
  '24x48+40+0',
  '-channel',
  'A',
  '-evaluate',
  'set',
  '40%',
  '+channel',
  '+region',
]

/** The picture as ImageMagick shows it in the middle of a white cell. */
const shownByMagick = (bytes: Uint8Array, upright: readonly string[]): ColorPicture => {
  const flat = ['-background', 'white', '-flatten', '-colorspace', 'sRGB', ...upright]
  const size = `${cell.width}x${cell.height}`
  return readPpm(
    Buffer.from(magick(['-', ...flat, '-gravity', 'center', '-extent', size, '-depth', '8', 'ppm:-'], bytes)),
  )
}

/** The mean difference between a cell of the page and the picture that it should show. */
function difference(seen: ColorPicture, index: number, wanted: ColorPicture): number {
  const [left, bottom] = [(index % columns) * cell.width, Math.floor(index / columns) * cell.height]
  let sum = 0
  for (let row = 0; row < cell.height; row++) {
    const from = 3 * ((seen.height - bottom - cell.height + row) * seen.width + left)
    for (let at = 0; at < 3 * cell.width; at++)
      sum += Math.abs((seen.pixels[from + at] ?? 0) - (wanted.pixels[3 * row * cell.width + at] ?? 0))
  }
  return sum / (3 * cell.width * cell.height)
}

const png = (picture: readonly string[], type: number, bits: number, ...more: string[]): Uint8Array =>
  magick([
    ...picture,
    ...more,
    '-define',
    `png:color-type=${type}`,
    '-define',
    `png:bit-depth=${bits}`,
    'png:-',
  ])

/** Puts a chunk before the pixels. */
function withChunk(bytes: Uint8Array, type: string, body: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf('IDAT') - 4
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([bytes.subarray(0, at), length, named, check, bytes.subarray(at)])
}

/** Says in Exif how the camera was held (Exif 2.3, 4.6). */
function held(jpeg: Uint8Array, orientation: number, order: 'II' | 'MM'): Uint8Array {
  const short = (value: number) => (order === 'II' ? [value, 0] : [0, value])
  const long = (value: number) => (order === 'II' ? [value, 0, 0, 0] : [0, 0, 0, value])
  const entry = [
    ...(order === 'II' ? [0x12, 1] : [1, 0x12]),
    ...short(3),
    ...long(1),
    ...short(orientation),
    0,
    0,
  ]
  const tiff = [...Buffer.from(order), ...short(42), ...long(8), ...short(1), ...entry, ...long(0)]
  const segment = [...Buffer.from('Exif\0\0'), ...tiff]
  const head = Buffer.from([0xff, 0xe1, 0, segment.length + 2, ...segment])
  return Buffer.concat([jpeg.subarray(0, 2), head, jpeg.subarray(2)])
}

const gray = [...drawing, '-colorspace', 'Gray']
const fewColors = [...drawing, '-dither', 'None', '-colors', '12', '-type', 'Palette']
const jpeg = magick([...drawing, 'jpeg:-'])
const pictures: [name: string, bytes: Uint8Array, upright?: readonly string[]][] = [
  ['PNG in 8-bit grey', png(gray, 0, 8)],
  ['PNG in 16-bit grey', png(gray, 0, 16)],
  ['PNG in 4-bit grey', png([...gray, '-depth', '4'], 0, 4)],
  ['PNG in black and white', png([...gray, '-threshold', '50%'], 0, 1)],
  ['PNG in 8-bit colour', png(drawing, 2, 8)],
  ['PNG in 16-bit colour', png(drawing, 2, 16)],
  ['PNG with a palette', png(fewColors, 3, 8)],
  ['PNG with a palette of 4 bits', png(fewColors, 3, 4)],
  ['interlaced PNG in colour', png(drawing, 2, 8, '-interlace', 'PNG')],
  ['interlaced PNG with a palette', png(fewColors, 3, 4, '-interlace', 'PNG')],
  ['interlaced PNG in black and white', png([...gray, '-threshold', '50%'], 0, 1, '-interlace', 'PNG')],
  ['PNG in grey with alpha', png([...seeThrough, '-colorspace', 'Gray'], 4, 8)],
  ['PNG in colour with alpha', png(seeThrough, 6, 8)],
  ['PNG in 16-bit colour with alpha', png(seeThrough, 6, 16)],
  ['interlaced PNG in colour with alpha', png(seeThrough, 6, 8, '-interlace', 'PNG')],
  ['PNG with a palette with alpha', withChunk(png(fewColors, 3, 8), 'tRNS', Buffer.from([0, 128, 255, 40]))],
  ['PNG in grey, one left out', withChunk(png(gray, 0, 8), 'tRNS', Buffer.from([0, 0x60]))],
  [
    'interlaced PNG in colour, one left out',
    withChunk(png(drawing, 2, 8, '-interlace', 'PNG'), 'tRNS', Buffer.from([0, 0x20, 0, 0xa0, 0, 0x40])),
  ],
  ['JPEG in colour', jpeg],
  ['JPEG in grey', magick([...gray, 'jpeg:-'])],
  ['progressive JPEG', magick([...drawing, '-interlace', 'JPEG', 'jpeg:-'])],
  ['JPEG held upright', held(jpeg, 1, 'II')],
  ['JPEG held in way 2', held(jpeg, 2, 'MM'), ['-flop']],
  ['JPEG held in way 3', held(jpeg, 3, 'II'), ['-rotate', '180']],
  ['JPEG held in way 4', held(jpeg, 4, 'MM'), ['-flip']],
  ['JPEG held in way 5', held(jpeg, 5, 'II'), ['-transpose']],
  ['JPEG held in way 6', held(jpeg, 6, 'MM'), ['-rotate', '90']],
  ['JPEG held in way 7', held(jpeg, 7, 'II'), ['-transverse']],
  ['JPEG held in way 8', held(jpeg, 8, 'MM'), ['-rotate', '270']],
  ['JPEG in four inks', magick([...drawing, '-colorspace', 'CMYK', 'jpeg:-'])],
]

describe('pictures look as they are', () => {
  let seen: ColorPicture[] = []

  beforeAll(async () => {
    const outcome = await stamped(pictures.map(([, bytes]) => bytes))
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    const programs = ['poppler', 'mupdf', 'pdf.js'] as const
    seen = await Promise.all(programs.map((program) => drawInColor(outcome.value, program)))
  })

  test.each(pictures)('%s', (name, bytes, upright = []) => {
    const index = pictures.findIndex(([each]) => each === name)
    const wanted = shownByMagick(bytes, upright)
    // Every program has its own way from ink to light; an inverted picture differs by more than 100.
    const most = name.includes('inks') ? 45 : 5
    for (const picture of seen) expect(difference(picture, index, wanted)).toBeLessThan(most)
  })
})

describe('a picture is refused', () => {
  const whole = png(drawing, 2, 8)
  const headOf = (width: number, height: number, bits = 8, type = 6): Uint8Array => {
    const body = Buffer.alloc(13)
    body.writeUInt32BE(width, 0)
    body.writeUInt32BE(height, 4)
    body.set([bits, type], 8)
    return chunks(['IHDR', body])
  }
  const chunks = (...parts: [string, Uint8Array][]): Uint8Array =>
    parts.reduce<Uint8Array>(
      (file, [type, body]) => {
        const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
        const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
        length.writeUInt32BE(body.length)
        check.writeUInt32BE(crc32(named))
        return Buffer.concat([file, length, named, check])
      },
      whole.subarray(0, 8),
    )
  const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
    const copy = Uint8Array.from(bytes)
    copy[at] = value
    return copy
  }
  const bomb = (): Uint8Array =>
    Buffer.concat([
      headOf(64, 48),
      chunks(['IDAT', deflateSync(Buffer.alloc(100 << 20))], ['IEND', Buffer.alloc(0)]).subarray(8),
    ])

  test.each<[string, Uint8Array, string]>([
    ['without bytes', new Uint8Array(0), 'picture-unreadable'],
    ['that is text', Buffer.from('ทราบ'), 'picture-unreadable'],
    ['that is a GIF', magick([...drawing, 'gif:-']), 'picture-unreadable'],
    ['whose PNG head says 20,000 × 20,000', headOf(20_000, 20_000), 'picture-too-large'],
    ['whose PNG head says 4,294,967,295 × 1', headOf(0xffff_ffff, 1), 'picture-too-large'],
    ['whose PNG has no width', headOf(0, 48), 'picture-unreadable'],
    ['of 3 bits', headOf(64, 48, 3), 'picture-unreadable'],
    ['of an unknown type', headOf(64, 48, 8, 5), 'picture-unreadable'],
    ['that is a PNG head alone', headOf(64, 48), 'picture-unreadable'],
    ['that is half a PNG', whole.subarray(0, whole.length / 2), 'picture-unreadable'],
    ['that is a PNG but for its end', whole.subarray(0, -12), 'picture-unreadable'],
    ['that is a PNG with a wrong byte', changed(whole, whole.length - 60, 7), 'picture-unreadable'],
    ['that unpacks to 100 MB', bomb(), 'picture-unreadable'],
    ['that is a palette without colours', headOf(64, 48, 8, 3), 'picture-unreadable'],
    ['that is half a JPEG', jpeg.subarray(0, jpeg.length / 2), 'picture-unreadable'],
    ['that is a JPEG head alone', jpeg.subarray(0, 20), 'picture-unreadable'],
    ['that is FF D8 alone', Buffer.from([0xff, 0xd8]), 'picture-unreadable'],
    [
      'of 0xFF alone',
      Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(1000, 0xff)]),
      'picture-unreadable',
    ],
    ['whose JPEG is 65,535 × 65,535', sized(jpeg, 65_535, 65_535), 'picture-too-large'],
    ['whose JPEG has no height', sized(jpeg, 64, 0), 'picture-unreadable'],
    ['of more than 32 MB', Buffer.concat([whole, Buffer.alloc(33 << 20)]), 'picture-too-large'],
  ])('%s', async (_, bytes, code) => {
    const before = performance.now()
    expect(await stamped([bytes])).toMatchObject({ ok: false, refusal: { code } })
    expect(performance.now() - before).toBeLessThan(2000)
  })

  function sized(bytes: Uint8Array, width: number, height: number): Uint8Array {
    const copy = Buffer.from(bytes)
    const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
    copy.writeUInt16BE(height, frame + 5)
    copy.writeUInt16BE(width, frame + 7)
    return copy
  }
})
