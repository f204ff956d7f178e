import type { Mark } from '../pdf/stamp.ts'
import { accept, type Outcome } from '../shared/outcome.ts'
import { readBytes } from './files.ts'
import { numberList, pageNumber, required, usage } from './flags.ts'
import { readTime } from './times.ts'

/** The flags that say what is put on a page, and where. */
export const markFlags = {
  page: { type: 'string' },
  at: { type: 'string' },
  rect: { type: 'string' },
  text: { type: 'string' },
  size: { type: 'string' },
  color: { type: 'string' },
  frame: { type: 'boolean' },
  image: { type: 'string' },
  receive: { type: 'string' },
  agency: { type: 'string' },
  endorse: { type: 'string' },
  signer: { type: 'string' },
  position: { type: 'string' },
  time: { type: 'string' },
} as const

/** The values of `markFlags`. */
export type MarkOptions = {
  readonly [Name in keyof typeof markFlags]?: (Name extends 'frame' ? boolean : string) | undefined
}

/** A mark that is named when it is known which others the file has. */
export type UnnamedMark = WithoutName<Mark>
type WithoutName<Any> = Any extends unknown ? Omit<Any, 'name'> : never

/** Letters are written in 16 points. */
const usualSize = 16
const colors = ['ink', 'pen', 'red'] as const

/**
 * The mark that the flags describe, without its name: a text, an image, a stamp for letters received (`--receive`
 * gives เลขรับ) or an endorsement. Refuses usage, and file-unreadable for a picture.
 */
export async function readMark(options: MarkOptions): Promise<Outcome<UnnamedMark>> {
  const { text, image, receive, endorse } = options
  const kinds = Object.entries({ text, image, receive, endorse }).filter(([, value]) => value !== undefined)
  if (kinds.length !== 1) return usage(kinds.map(([name]) => `--${name}`).join(' ') || '--text')
  const page = pageNumber(options.page)
  if (!page.ok) return page
  const color = colors.find((known) => known === options.color)
  if (options.color !== undefined && color === undefined) return usage(`--color ${options.color}`)
  const common = { page: page.value, ...(color === undefined ? {} : { color }) }
  if (image !== undefined) return await imageMark(options, image, common)
  if (receive !== undefined) return receiveMark(options, receive, common)
  if (endorse !== undefined) return endorsementMark(options, endorse, common)
  return textMark(options, common)
}

type Common = { readonly page: number; readonly color?: (typeof colors)[number] }

function textMark(options: MarkOptions, common: Common): Outcome<UnnamedMark> {
  const text = required('text', options.text)
  if (!text.ok) return text
  const place = pointOrRectangle(options)
  if (!place.ok) return place
  const size = readSize(options.size, usualSize)
  if (!size.ok) return size
  const { frame = false } = options
  return accept({ ...common, place: place.value, lines: text.value.split('\n'), fontSize: size.value, frame })
}

async function imageMark(
  options: MarkOptions,
  image: string,
  { page }: Common,
): Promise<Outcome<UnnamedMark>> {
  const place = rectangle(options)
  if (!place.ok) return place
  const bytes = await readBytes(image)
  return bytes.ok ? accept({ kind: 'image', page, place: place.value, bytes: bytes.value }) : bytes
}

function receiveMark(options: MarkOptions, number: string, common: Common): Outcome<UnnamedMark> {
  const agency = required('agency', options.agency)
  if (!agency.ok) return agency
  const place = pointOrRectangle(options)
  if (!place.ok) return place
  const time = timeOf(options)
  if (!time.ok) return time
  return accept({
    ...common,
    kind: 'receiveStamp',
    place: place.value,
    agency: agency.value,
    number,
    receivedAt: time.value,
  })
}

function endorsementMark(options: MarkOptions, text: string, common: Common): Outcome<UnnamedMark> {
  const signer = required('signer', options.signer)
  if (!signer.ok) return signer
  const place = rectangle(options)
  if (!place.ok) return place
  const time = timeOf(options)
  if (!time.ok) return time
  const size = options.size === undefined ? undefined : readSize(options.size, usualSize)
  if (size?.ok === false) return size
  return accept({
    ...common,
    kind: 'endorsement',
    place: place.value,
    text,
    signerName: signer.value,
    signerPosition: options.position ?? '',
    writtenAt: time.value,
    ...(size === undefined ? {} : { fontSize: size.value }),
  })
}

const timeOf = ({ time }: MarkOptions): Outcome<Date> =>
  time === undefined ? accept(new Date()) : readTime('time', time)

function pointOrRectangle(options: MarkOptions) {
  if (options.rect !== undefined) return options.at === undefined ? rectangle(options) : usage('--at --rect')
  const at = numberList('at', options.at, 2)
  if (!at.ok) return at
  const [x = 0, y = 0] = at.value
  return accept({ x, y })
}

function rectangle({ rect }: MarkOptions) {
  const sides = numberList('rect', rect, 4)
  if (!sides.ok) return sides
  const [x = 0, y = 0, width = 0, height = 0] = sides.value
  return width > 0 && height > 0 ? accept({ x, y, width, height }) : usage(`--rect ${rect}`)
}

function readSize(text: string | undefined, usual: number): Outcome<number> {
  const size = text === undefined ? usual : Number(text)
  return size >= 4 && size <= 200 ? accept(size) : usage(`--size ${text}`)
}
