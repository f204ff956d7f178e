import type { Wire } from './codec.ts'

/** From this many bytes on, byte arrays travel apart from their message. */
export const APART_THRESHOLD = 256 * 1024

/** Where each byte array starts, and how long it is, in bytes that travel apart from their message. */
type Parts = ReadonlyArray<readonly [start: number, length: number]>

/** What a page's preload world asks of the app. */
export type PageRequest =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'send'; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'open'; readonly url: string }

/** What a page's preload world says to the main process. */
export type FromPage =
  | (PageRequest & { readonly parts?: Parts })
  /** Some of the bytes of the next request with parts, in base64. */
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'received'; readonly file: number }

/** What the main process says to a page's preload world. */
export type ToPage =
  | { readonly kind: 'result'; readonly id: number; readonly value: Wire }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: Wire }

/** A message whose bytes travel as a file. */
export interface WithFile {
  readonly message: ToPage
  readonly file: number
  readonly parts: Parts
}

/** How the main process reaches a page's preload world. */
export interface PageInbox {
  receive(json: string): void
  /** The input element that the next file is put into. */
  fileInput(): HTMLInputElement
  receiveFile(json: string): void
}
