import type { Matrix } from '../geometry.ts'
import type { PdfStream } from '../structure/values.ts'

/** A picture as PDF keeps it. */
export interface PdfPicture {
  /** As shown, in pixels. */
  readonly width: number
  readonly height: number
  /** The image XObject (ISO 32000-2, 8.9.5), but for its soft mask. */
  readonly image: PdfStream
  /** How opaque each pixel is (11.6.5.2). */
  readonly softMask?: PdfStream
  /** Turns the image within the unit square when its camera was held otherwise. */
  readonly upright?: Matrix
}

/** An A4 page at 500 dots per inch; decoded with its alpha it takes 100 MB. */
export const mostPixels = 25_000_000
