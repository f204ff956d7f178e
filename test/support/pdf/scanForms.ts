import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rawFile, streamOf } from './rawFile.ts'
import { inFolder, tool } from './tools.ts'

async function mustTool(program: string, ...options: string[]): Promise<void> {
  const { status, output } = await tool(program, ...options)
  if (status !== 0) throw new Error(`${program}: ${output}`)
}

/** Draws the pages by `draw` (options of pdftoppm) and packs the pictures with img2pdf. */
const packed = (bytes: Uint8Array, ending: string, ...draw: string[]): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'scan.pdf')]
    await writeFile(from, bytes)
    await mustTool('pdftoppm', ...draw, from, join(folder, 'page'))
    await mustTool('sh', '-c', `img2pdf "${folder}"/page-*.${ending} -o "${to}"`)
    return new Uint8Array(await readFile(to))
  })

/** A file as a scanner makes it: pages that are pictures (JPEG) and nothing else. */
export const scanOf = (bytes: Uint8Array): Promise<Uint8Array> =>
  packed(bytes, 'jpg', '-r', '120', '-gray', '-jpeg')

/** A scan in black and white, packed as a fax (CCITT group 4). */
export const faxOf = (bytes: Uint8Array): Promise<Uint8Array> => packed(bytes, 'pbm', '-r', '100', '-mono')

/** A scan whose pages are JPEG 2000. */
export const jpeg2000Of = (bytes: Uint8Array): Promise<Uint8Array> =>
  inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in.pdf'), join(folder, 'scan.pdf')]
    await writeFile(from, bytes)
    await mustTool('pdftoppm', '-r', '80', '-gray', '-singlefile', from, join(folder, 'page'))
    // img2pdf's own Python brings Pillow.
    const convert = `from PIL import Image; Image.open("${folder}/page.pgm").save("${folder}/page.jp2", quality_mode="rates", quality_layers=[20])`
    await mustTool('/usr/bin/python3', '-c', convert)
    await mustTool('img2pdf', join(folder, 'page.jp2'), '-o', to)
    return new Uint8Array(await readFile(to))
  })

interface FaxPicture {
  readonly width: number
  readonly height: number
  /** CCITT group 4. */
  readonly data: string
}

/** The picture of a fax's first page. */
function pictureOf(fax: Uint8Array): FaxPicture {
  const text = Buffer.from(fax).toString('latin1')
  const [head = '', width, height, length] =
    /<<[^<]*<<[^>]*\/Columns (\d+)[^>]*\/Rows (\d+)[^>]*>>.*?\/Length (\d+) >>\s*stream\r?\n/s.exec(text) ??
    []
  const from = text.indexOf(head) + head.length
  return { width: Number(width), height: Number(height), data: text.slice(from, from + Number(length)) }
}

/** Pages of pictures; `pictures` are objects from 10 on, and `draw` gives the contents of each page. */
function pictureFile(
  pages: readonly { readonly pictures: readonly string[]; readonly draw: string }[],
): Uint8Array {
  const objects: Record<number, string> = { 1: '<</Type /Catalog /Pages 2 0 R>>' }
  let next = 10
  const leaves = pages.map(({ pictures, draw }) => {
    const names = pictures.map((picture, index) => {
      objects[next] = picture
      return `/Im${index} ${next++} 0 R`
    })
    objects[next++] = streamOf(draw)
    objects[next] =
      `<</Type /Page /Parent 2 0 R /Resources <</XObject <<${names.join(' ')}>>>> /Contents ${next - 1} 0 R>>`
    return `${next++} 0 R`
  })
  objects[2] = `<</Type /Pages /Kids [${leaves.join(' ')}] /Count ${leaves.length} /MediaBox [0 0 595.44 842.4]>>`
  return rawFile(objects)
}

const whole = 'q 595.44 0 0 842.4 0 0 cm /Im0 Do Q'

const bytesOfNumber = (value: number, length: number): string =>
  Array.from({ length }, (_, at) =>
    String.fromCharCode(Math.floor(value / 256 ** (length - 1 - at)) % 256),
  ).join('')

/** The picture as JBIG2 (ITU-T T.88): page information and one generic region in MMR coding, which is the fax's. */
function jbig2Of({ width, height, data }: FaxPicture): string {
  const size = bytesOfNumber(width, 4) + bytesOfNumber(height, 4)
  const segment = (number: number, type: number, body: string): string =>
    `${bytesOfNumber(number, 4)}${String.fromCharCode(type, 0, 1)}${bytesOfNumber(body.length, 4)}${body}`
  const page = segment(0, 48, `${size}${'\0'.repeat(8)}\0\0\0`)
  const region = segment(1, 38, `${size}${'\0'.repeat(8)}\0\x01${data}`)
  const stream = page + region
  return `<</Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0] /Filter /JBIG2Decode /Length ${stream.length}>>\nstream\n${stream}\nendstream`
}

/** A scan of several pages in JBIG2, as copying machines send. */
export async function jbig2Of4Pages(bytes: Uint8Array): Promise<Uint8Array> {
  const picture = jbig2Of(pictureOf(await faxOf(bytes)))
  return pictureFile(Array.from({ length: 4 }, () => ({ pictures: [picture], draw: whole })))
}

/** Mixed raster content: a coarse background, and the text above it as a mask in the colour of ink. */
export async function layeredScan(bytes: Uint8Array): Promise<Uint8Array> {
  const { width, height, data } = pictureOf(await faxOf(bytes))
  const background =
    '<</Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Interpolate true /Length 12>>\nstream\n\xff\xff\xfe\xfe\xff\xff\xff\xfe\xff\xff\xff\xfe\nendstream'
  const mask = `<</Type /XObject /Subtype /Image /ImageMask true /Width ${width} /Height ${height} /BitsPerComponent 1 /Filter [/CCITTFaxDecode] /DecodeParms [<</K -1 /BlackIs1 true /Columns ${width} /Rows ${height}>>] /Length ${data.length}>>\nstream\n${data}\nendstream`
  return pictureFile([
    {
      pictures: [background, mask],
      draw: `q 595.44 0 0 842.4 0 0 cm /Im0 Do Q q 0.1 0.1 0.3 rg 595.44 0 0 842.4 0 0 cm /Im1 Do Q`,
    },
  ])
}

/** A scan whose words lie invisible above the picture, as character recognition leaves them. */
export async function searchableScan(bytes: Uint8Array): Promise<Uint8Array> {
  const { width, height, data } = pictureOf(await faxOf(bytes))
  const picture = `<</Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms <</K -1 /BlackIs1 true /Columns ${width} /Rows ${height}>> /Length ${data.length}>>\nstream\n${data}\nendstream`
  const content = `${whole}\nBT 3 Tr /F1 12 Tf 72 760 Td (memorandum) Tj ET`
  return rawFile({
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.44 842.4] /Resources <</Font <</F1 5 0 R>> /XObject <</Im0 6 0 R>>>> /Contents 4 0 R>>',
    4: streamOf(content),
    5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    6: picture,
  })
}
