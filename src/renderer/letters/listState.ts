import type { UseQueryResult } from '@tanstack/react-query'
import type { ListState } from './LetterList.tsx'

/** What a list says while it has no letters to show. */
export function listState(query: Pick<UseQueryResult, 'isPending' | 'isError' | 'refetch'>): ListState {
  if (query.isError) return { retry: () => void query.refetch() }
  return query.isPending ? 'loading' : 'here'
}
