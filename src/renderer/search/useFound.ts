import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SearchFilters } from '../../shared/contract/search.ts'
import type { FoundLetter } from '../../shared/contract/views.ts'
import { keyOf } from '../app/queries.ts'
import { saraban } from '../bridge.ts'

/** What a search has found so far. */
export interface Found {
  readonly rows: readonly FoundLetter[]
  /** In all, counted up to one more than MOST_COUNTED. */
  readonly total: number
  /** Letters that cannot be found yet. */
  readonly unindexed: number
  readonly state: 'idle' | 'loading' | 'failed' | 'here'
  /** Asks for the next page; undefined after the last. */
  readonly more: (() => void) | undefined
  retry(): void
}

/** Typing goes on before the search is asked, in milliseconds. */
const PAUSE = 90
/** How often a search is asked again while letters are still being indexed, in milliseconds. */
const AGAIN = 2000

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** Whether anything is asked for at all. */
const isAsked = (text: string, filters: SearchFilters): boolean =>
  text.trim() !== '' || Object.values(filters).some((value) => value !== undefined)

/** The letters that have all words of `text`, page after page; what was found before stays until the answer is here. */
export function useFound(text: string, filters: SearchFilters): Found {
  const asked = useSettled(text)
  const enabled = isAsked(asked, filters)
  const query = useInfiniteQuery({
    queryKey: [...keyOf('search.find'), asked, filters],
    queryFn: ({ pageParam }) => saraban.call('search.find', { text: asked, filters, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages[0]?.unindexed ?? 0) > 0 ? AGAIN : false),
  })
  const pages = enabled ? (query.data?.pages ?? []) : []
  const state = () => {
    if (!isAsked(text, filters)) return 'idle'
    if (query.isError) return 'failed'
    return pages.length === 0 || (enabled && query.isPending) ? 'loading' : 'here'
  }
  return {
    rows: pages.flatMap((page) => page.letters),
    total: pages[0]?.total ?? 0,
    unindexed: pages[0]?.unindexed ?? 0,
    state: state(),
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined,
    retry: () => void query.refetch(),
  }
}
