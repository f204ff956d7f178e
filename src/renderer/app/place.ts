import { createContext, useContext } from 'react'
import type { Folder } from '../../shared/contract/ipc.ts'
import type { SearchFilters } from '../../shared/contract/search.ts'

/** Where the user is. */
export type Place =
  | { readonly screen: 'portal' }
  | {
      readonly screen: 'intray'
      readonly positionId: string
      readonly folder: Folder
      readonly letterId: string | null
    }
  | { readonly screen: 'drafts'; readonly folder: Folder; readonly letterId: string | null }
  | { readonly screen: 'register'; readonly letterId: string | null }
  | { readonly screen: 'new-letter'; readonly kind: 'import' | 'memo' }
  | { readonly screen: 'waiting' }
  | {
      readonly screen: 'search'
      readonly text: string
      readonly filters: SearchFilters
      readonly letterId: string | null
    }

/** The place, how to go elsewhere, and what to do with the letter on arrival. */
export interface Navigation {
  readonly place: Place
  go(place: Place): void
  back(): void
}

export const NavigationContext = createContext<Navigation>({
  place: { screen: 'portal' },
  go: () => undefined,
  back: () => undefined,
})

/** The navigation of the screen around. */
export const useNavigation = (): Navigation => useContext(NavigationContext)

/** The folders of a position's tray, in the order in which they are shown. */
export const TRAY_FOLDERS = ['to-sign', 'followed', 'returned', 'signed'] as const satisfies readonly Folder[]

/** The folders of one's own letters, in the order in which they are shown. */
export const OWN_FOLDERS = ['drafts', 'followed', 'returned', 'signed'] as const satisfies readonly Folder[]
