import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import { insidePage, isFinitePlace, type Rectangle } from '../geometry.ts'
import { DamagedFile } from '../structure/damaged.ts'
import type { Page } from '../structure/pages.ts'
import { formatNumber } from '../structure/serialize.ts'
import { dictionaryOf, type PdfReference } from '../structure/values.ts'
import type { ObjectSink } from '../text/fontEmbedding.ts'
import { type MarkDrawing, type MarkFacts, multiplied } from './drawnMark.ts'
import { isJpeg, readJpeg } from './jpeg.ts'
import type { PdfPicture } from './pdfPicture.ts'
import { isPng, readPng } from './png.ts'

/** A picture: a scanned signature, an agency's seal, a photograph. */
export interface ImageMark extends MarkFacts {
  readonly kind: 'image'
  /** What the picture is fitted into without changing its proportions, on the page as shown. */
  readonly place: Rectangle
  /** A whole PNG or JPEG file. */
  readonly bytes: Uint8Array
  /** What the picture shows, for those who cannot see it. */
  readonly text?: string
}

const mostBytes = 32 << 20

/**
 * Draws a picture in the middle of its place, as a stamp does: where it is white, the paper and what is written there
 * stay to be seen, so that a scanned seal hides nothing. Refuses picture-unreadable, picture-too-large and, for a place that is
 * none, mark-malformed.
 */
export function drawImageMark(mark: ImageMark, page: Page): Outcome<MarkDrawing> {
  if (!isFinitePlace(mark.place)) return refuse('mark-malformed', { field: 'place' })
  const read = readPicture(mark.bytes)
  if (!read.ok) return read
  const picture = read.value
  const room = insidePage(mark.place, page)
  const scale = Math.min(room.width / picture.width, room.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  const [x, y] = [room.x + (room.width - width) / 2, room.y + (room.height - height) / 2]
  const size = [width, 0, 0, height, 0, 0].map(formatNumber).join(' ')
  const turn = picture.upright === undefined ? '' : `${picture.upright.join(' ')} cm `
  return accept({
    place: { x, y, width, height },
    operators: `q /Multiply gs ${size} cm ${turn}/Picture Do Q\n`,
    subtype: 'Stamp',
    contents: mark.text ?? 'รูปภาพ',
    resources: (objects) => ({
      ...multiplied,
      XObject: dictionaryOf({ Picture: addOnce(objects, mark.bytes, picture) }),
    }),
  })
}

/** The pictures of each revision: a seal on every page is kept once. */
const added = new WeakMap<ObjectSink, Map<Uint8Array, PdfReference>>()

function addOnce(objects: ObjectSink, bytes: Uint8Array, picture: PdfPicture): PdfReference {
  const pictures = added.get(objects) ?? new Map<Uint8Array, PdfReference>()
  added.set(objects, pictures)
  const reference = pictures.get(bytes) ?? addPicture(objects, picture)
  pictures.set(bytes, reference)
  return reference
}

function addPicture(objects: ObjectSink, { image, softMask }: PdfPicture): PdfReference {
  if (softMask === undefined) return objects.add(image)
  const dictionary = new Map(image.dictionary).set('SMask', objects.add(softMask))
  return objects.add({ ...image, dictionary })
}

function readPicture(bytes: Uint8Array): Outcome<PdfPicture> {
  if (bytes.length > mostBytes) return refuse('picture-too-large')
  try {
    if (isPng(bytes)) return readPng(bytes)
    if (isJpeg(bytes)) return readJpeg(bytes)
  } catch (error) {
    // RangeError: the bytes end before they should.
    if (!(error instanceof RangeError || error instanceof DamagedFile)) throw error
  }
  return refuse('picture-unreadable')
}
