import { type UseQueryResult, useQueries } from '@tanstack/react-query'
import type { IpcInput } from '../../shared/contract/ipc.ts'
import type { LetterRow } from '../../shared/contract/views.ts'
import { keyOf } from '../app/queries.ts'
import { saraban } from '../bridge.ts'
import type { ListState } from './LetterList.tsx'
import { mergedByChange } from './neighbour.ts'

/** The letters of several folders as one list, each letter once, latest change first. */
export function useLettersOf(folders: readonly IpcInput<'letters.list'>[]): {
  rows: LetterRow[]
  state: ListState
} {
  return useQueries({
    queries: folders.map((folder) => ({
      queryKey: keyOf('letters.list', folder),
      queryFn: () => saraban.call('letters.list', folder),
    })),
    combine: (answers) => ({
      rows: mergedByChange(answers.map((answer) => answer.data ?? [])),
      state: stateOf(answers),
    }),
  })
}

function stateOf(answers: readonly UseQueryResult[]): ListState {
  const failed = answers.filter((answer) => answer.isError)
  if (failed.length > 0) {
    return {
      retry: () => {
        for (const answer of failed) void answer.refetch()
      },
    }
  }
  return answers.some((answer) => answer.isPending) ? 'loading' : 'here'
}
