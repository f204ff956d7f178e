import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { FoundLetter, FoundLetters } from '../../../shared/contract/views.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { rowOf, writerOf } from '../letters/trays.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'
import type { FoundInStore } from '../store/searchOperations.ts'
import { searchable } from './words.ts'

/** A page of the letters on this device that have all words of `text` and pass the filters, newest change first. */
export async function findLetters(
  input: IpcInput<'search.find'>,
  account: SignedInAccount,
): Promise<FoundLetters> {
  const page = await account.store.call('search', input)
  const directory = account.directory()
  return { ...page, letters: page.letters.map((found) => foundRow(found, directory)) }
}

function foundRow(found: FoundInStore, directory: Directory): FoundLetter {
  const { letter, subjectMarks, snippet } = found
  return {
    ...rowOf(found, directory),
    from: writerOf(letter, directory),
    receiptNumber: letter.receipt?.text ?? null,
    subjectMarks,
    snippet,
  }
}

/** Searches that are remembered on this device, for its person alone. */
const MOST_RECENT = 8

/** What was searched for on this device, latest first. */
export const recentSearches = (account: SignedInAccount): Promise<string[]> =>
  account.store.call('recentSearches')

/** Remembers what was searched for; what was searched for before in another way of typing goes. */
export async function rememberSearch(text: string, account: SignedInAccount): Promise<string[]> {
  const typed = text.trim()
  const before = await recentSearches(account)
  const others = before.filter((one) => searchable(one) !== searchable(typed))
  const searches = (typed === '' ? others : [typed, ...others]).slice(0, MOST_RECENT)
  await account.store.call('keepRecentSearches', searches)
  return searches
}

/** Forgets what was searched for. */
export async function forgetSearches(account: SignedInAccount): Promise<string[]> {
  await account.store.call('keepRecentSearches', [])
  return []
}
