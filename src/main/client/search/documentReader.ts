import { faultFacts, type Log } from '../log.ts'
import type { Processes } from '../processes/childPort.ts'
import { childRequests, stopped } from '../processes/childRequests.ts'
import type { DocumentReply, DocumentRequest } from '../processes/documentOperations.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'

/** Reads what files say, one after the other, so that letters are found by it. */
export interface DocumentReader {
  /** Looks after a while whether the account has files to read. */
  wake(): void
  end(): void
}

/** After the last change; the work that a person waits for goes first. In milliseconds. */
const PAUSE = 3000
/** A file that takes longer is left unread, in milliseconds. */
const LONGEST = 30_000
const LARGEST_BYTES = 60_000_000
/** What of a file's text is found: about ten pages. More would keep the index busy for longer than a moment. */
const MOST_CHARACTERS = 24_000

/**
 * The reader of the account that is signed in. It has a document process of its own while there is something to read:
 * a file that brings it down or holds it up keeps no signature waiting.
 */
export function documentReader(parts: {
  readonly processes: Processes
  readonly log: Log
  readonly current: () => SignedInAccount | undefined
}): DocumentReader {
  const requests = childRequests<Omit<DocumentRequest, 'id'>, DocumentReply>(() =>
    parts.processes.fork('documentProcess'),
  )
  let timer: NodeJS.Timeout | undefined
  let running = false
  let ended = false

  const textOf = async (bytes: Uint8Array): Promise<string> => {
    if (bytes.length > LARGEST_BYTES) return ''
    const input = { bytes, most: MOST_CHARACTERS }
    const late = setTimeout(requests.end, LONGEST)
    const reply = await requests.ask({ name: 'readText', input })
    clearTimeout(late)
    return reply !== stopped && 'answer' in reply ? String(reply.answer) : ''
  }

  const readNext = async (account: SignedInAccount): Promise<boolean> => {
    const [sha256] = await account.store.call('documentsWanted', 1)
    if (sha256 === undefined) return false
    const bytes = await account.files.read(sha256)
    if (bytes === undefined) await account.store.call('forgetFile', sha256)
    else {
      const text = await textOf(bytes)
      // Ended in the middle of it: to be read the next time.
      if (ended || parts.current() !== account) return false
      await account.store.call('keepDocumentText', { sha256, text })
    }
    return parts.current() === account && !ended
  }

  const run = async () => {
    const account = parts.current()
    if (account === undefined || running) return
    running = true
    try {
      while (await readNext(account));
    } catch (error) {
      // The person may have signed out meanwhile, which closes the store.
      if (parts.current() === account) parts.log('search.reader-fault', faultFacts(error))
    } finally {
      running = false
      requests.end()
    }
  }

  return {
    wake: () => {
      if (ended || running) return
      clearTimeout(timer)
      timer = setTimeout(() => void run(), PAUSE)
    },
    end: () => {
      ended = true
      clearTimeout(timer)
      requests.end()
    },
  }
}
