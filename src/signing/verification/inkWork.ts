import type { Rectangle } from '../../pdf/geometry.ts'
import type { SuspiciousChange } from './changeKinds.ts'

/** Something new on a page, and what it is called when it hides what was there. */
export interface InkPart {
  readonly kind: SuspiciousChange
  /** On the page as shown. */
  readonly place: Rectangle
  readonly object?: number
}

/** A page to be drawn, counted from 1. */
export interface InkPage {
  readonly page: number
  readonly parts: readonly InkPart[]
}

/** What the drawing thread is asked: the file has `length` bytes, of which the first `end` were signed. */
export interface InkOrder {
  readonly length: number
  readonly end: number
  readonly pages: readonly InkPage[]
}

/** What passes between the threads: the order and asked bytes one way, questions for bytes and the end the other. */
export type ToInk = { readonly order: InkOrder } | { readonly from: number; readonly bytes: Uint8Array }
export type FromInk =
  | { readonly from: number; readonly to: number }
  | { readonly hiding: readonly (InkPart & { readonly page: number })[] }
  | { readonly failed: string }
