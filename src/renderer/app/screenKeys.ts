import { useKeys } from './keys.ts'
import { useNavigation } from './place.ts'
import { useTrays } from './useTrays.ts'

/** The keys that go to a screen from anywhere: Alt 1, 2, 3 as printed on the tiles, Ctrl N for a memo. */
export function useScreenKeys(): void {
  const { go } = useNavigation()
  const { firstTray } = useTrays()
  useKeys({
    'alt+digit1': () => go({ screen: 'drafts', folder: 'drafts', letterId: null }),
    'alt+digit2': () =>
      go({ screen: 'intray', positionId: firstTray?.positionId ?? '', folder: 'to-sign', letterId: null }),
    'alt+digit3': () => go({ screen: 'register', letterId: null }),
    'alt+digit0': () => go({ screen: 'portal' }),
    'ctrl+keyn': () => go({ screen: 'new-letter', kind: 'memo' }),
  })
}
