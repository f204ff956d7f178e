import { UPLOAD_PATH } from '../page/messages.ts'
import { acceptBody } from './loopback.ts'

const slots = new Map<string, PromiseWithResolvers<ArrayBuffer>>()

/** Where an upload and the message that it belongs to meet, whichever comes first. */
function slot(id: string): PromiseWithResolvers<ArrayBuffer> {
  const found = slots.get(id) ?? Promise.withResolvers<ArrayBuffer>()
  slots.set(id, found)
  return found
}

/** The upload that a page's request carries; undefined for any other request. */
export function uploadOf(url: string): string | undefined {
  const { pathname } = new URL(url)
  return pathname.startsWith(UPLOAD_PATH) ? pathname.slice(UPLOAD_PATH.length) : undefined
}

/** The address to which the browser is to send an upload. */
export const uploadAddress = (id: string): Promise<string> => acceptBody((bytes) => slot(id).resolve(bytes))

/** Takes an upload's bytes that came with a message. */
export function giveUpload(id: string, bytes: ArrayBuffer): void {
  slot(id).resolve(bytes)
}

/** The bytes of an upload, once they are there. */
export async function takeUpload(id: string): Promise<ArrayBuffer> {
  const bytes = await slot(id).promise
  slots.delete(id)
  return bytes
}
