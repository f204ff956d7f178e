import type { Folder } from '../../shared/contract/ipc.ts'
import { OWN_FOLDERS, TRAY_FOLDERS, useNavigation } from '../app/place.ts'
import { useTrays } from '../app/useTrays.ts'
import { saraban } from '../bridge.ts'

/** Opens a letter where it lies now: in one of the trays, or among one's own letters. */
export function useOpenLetter(): (letterId: string) => void {
  const { go } = useNavigation()
  const { positions, own } = useTrays()
  const holds = async (positionId: string | null, folder: Folder, letterId: string) =>
    (await saraban.call('letters.list', { folder, positionId })).some((row) => row.letterId === letterId)

  const find = async (letterId: string) => {
    for (const { positionId } of positions) {
      for (const folder of TRAY_FOLDERS) {
        if (await holds(positionId, folder, letterId))
          return go({ screen: 'intray', positionId, folder, letterId })
      }
    }
    for (const folder of own ? OWN_FOLDERS : []) {
      if (await holds(null, folder, letterId)) return go({ screen: 'drafts', folder, letterId })
    }
    go({ screen: 'drafts', folder: 'drafts', letterId })
  }
  return (letterId) => void find(letterId)
}
