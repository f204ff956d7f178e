import type { Wire } from './codec.ts'

/** What a page's preload world says to the main process. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'send'; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'received'; readonly file: number }
  | { readonly kind: 'open'; readonly url: string }

/** What the main process says to a page's preload world. */
export type ToPage =
  | { readonly kind: 'result'; readonly id: number; readonly value: Wire }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: Wire }

/** A message whose bytes travel as a file: where each byte array starts and how long it is. */
export interface WithFile {
  readonly message: ToPage
  readonly file: number
  readonly parts: ReadonlyArray<readonly [start: number, length: number]>
}

/** How the main process reaches a page's preload world. */
export interface PageInbox {
  receive(json: string): void
  /** The input element that the next file is put into. */
  fileInput(): HTMLInputElement
  receiveFile(json: string): void
}
