import { parentPort, workerData } from 'node:worker_threads'
import { EncryptedPDFError, PDFDocument } from '@cantoo/pdf-lib'

/** What the thread sends: the rebuilt file, or that a password is needed. When neither can be had it ends in an error. */
export type LibraryAnswer =
  | { readonly kind: 'rebuilt'; readonly bytes: Uint8Array; readonly warnings: readonly string[] }
  | { readonly kind: 'locked' }

const mostWarnings = 20
const warnings: string[] = []
console.warn = (text: unknown) => void warnings.push(String(text))

parentPort?.postMessage(await rebuild(workerData as Uint8Array))

async function rebuild(bytes: Uint8Array): Promise<LibraryAnswer> {
  try {
    const document = await PDFDocument.load(bytes, {
      password: '',
      updateMetadata: false,
      preserveXFA: true,
      parseSpeed: Number.POSITIVE_INFINITY,
    })
    const rebuilt = await document.save({
      useObjectStreams: false,
      addDefaultPage: false,
      updateFieldAppearances: false,
    })
    return { kind: 'rebuilt', bytes: rebuilt, warnings: warnings.slice(0, mostWarnings) }
  } catch (error) {
    if (error instanceof EncryptedPDFError || String(error).includes('NEEDS PASSWORD'))
      return { kind: 'locked' }
    throw error
  }
}
