import { useQueries } from '@tanstack/react-query'
import type { IpcInput } from '../../shared/contract/ipc.ts'
import type { LetterRow } from '../../shared/contract/views.ts'
import { keyOf } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import { mergedByChange } from './neighbour.ts'

/** The letters of several folders as one list, each letter once, latest change first. */
export function useLettersOf(folders: readonly IpcInput<'letters.list'>[]): {
  rows: LetterRow[]
  loading: boolean
} {
  return useQueries({
    queries: folders.map((folder) => ({
      queryKey: keyOf('letters.list', folder),
      queryFn: () => saraban.call('letters.list', folder),
    })),
    combine: (answers) => ({
      rows: mergedByChange(answers.map((answer) => answer.data ?? [])),
      loading: answers.some((answer) => answer.isPending),
    }),
  })
}
