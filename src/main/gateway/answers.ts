import { writeFile } from 'node:fs/promises'
import { accept, refuse } from '../../shared/outcome.ts'
import { isDiskFull } from '../client/account/durableFile.ts'
import type { Client } from '../client/client.ts'
import type { Answers } from './gateway.ts'

/** The system's dialogs. Paths stay in the main process. */
export interface Dialogs {
  /** The PDF that the person chose, or null. */
  choosePdf(): Promise<string | null>
  /** Where the person wants a copy with the proposed `name`, or null. */
  chooseCopyPlace(name: string): Promise<string | null>
}

/** Every channel's answer, from the client and the system's dialogs. */
export function answersOf(client: Client, dialogs: Dialogs, zoomed: (factor: number) => void): Answers {
  return {
    'session.state': client.sessionState,
    'session.sign-in': client.signIn,
    'session.sign-out': client.signOut,
    'settings.get': client.settings,
    'settings.set': async (change) => {
      const settings = await client.changeSettings(change)
      zoomed(settings.zoom)
      return settings
    },
    'organisation.get': client.organisation,
    'trays.list': client.trays,
    'letters.list': client.listLetters,
    'letters.get': client.getLetter,
    'files.choose': async () => {
      const path = await dialogs.choosePdf()
      return path === null ? accept(null) : client.importPath(path)
    },
    'files.drop': client.importBytes,
    'files.compose-memo': client.composeMemo,
    'letters.draft': client.draft,
    'letters.propose': client.propose,
    'letters.return': client.return,
    'letters.forward': client.forward,
    'letters.save-copy': ({ letterId }) => saveCopy(letterId, client, dialogs),
    'tokens.list': client.tokens,
    'signing.plan': client.plan,
    'signing.sign': client.sign,
    'signing.cancel': async () => {
      client.cancelSigning()
      return null
    },
    'sync.state': client.syncState,
    'sync.now': async () => {
      await client.syncNow()
      return null
    },
    'outbox.list': client.outbox,
    'outbox.discard': client.discard,
    'search.find': client.find,
    'search.recent': client.recentSearches,
    'search.remember': client.rememberSearch,
    'search.forget': client.forgetSearches,
  }
}

async function saveCopy(letterId: string, client: Client, dialogs: Dialogs) {
  const copy = await client.copyOf(letterId)
  if (!copy.ok) return copy
  const path = await dialogs.chooseCopyPlace(copy.value.name)
  if (path === null) return accept({ saved: false })
  try {
    await writeFile(path, copy.value.bytes)
    return accept({ saved: true })
  } catch (error) {
    return isDiskFull(error) ? refuse('disk-full') : refuse('file-unreadable', { file: copy.value.name })
  }
}
