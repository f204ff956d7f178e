import { QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { IpcAnswers, IpcChannel, IpcInput } from '../../shared/contract/ipc.ts'
import { saraban } from '../bridge.ts'

/**
 * The cache over the bridge. Answers come from this device, so nothing is fetched twice by itself: the main
 * process says when something changed. Online or offline makes no difference to a query.
 */
export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  })

/**
 * The answer of a request that only reads, kept until the main process says that it is stale. A `fresh` one is asked
 * for again each time that it is shown, one with `every` after so many milliseconds.
 */
export function useAnswer<Channel extends IpcChannel>(
  channel: Channel,
  input?: IpcInput<Channel>,
  options: { enabled?: boolean; fresh?: boolean; every?: number } = {},
): UseQueryResult<IpcAnswers[Channel]> {
  return useQuery({
    queryKey: keyOf(channel, input),
    queryFn: () => saraban.call(channel, input),
    enabled: options.enabled ?? true,
    ...(options.fresh ? { staleTime: 0, gcTime: 0 } : {}),
    refetchInterval: options.every ?? false,
  })
}

/** The cache key of a request. */
export const keyOf = <Channel extends IpcChannel>(channel: Channel, input?: IpcInput<Channel>) =>
  input === undefined ? [channel] : [channel, input]

/** The channels whose answers a change of letters, trays or the organisation makes stale. */
const CHANGEABLE: readonly IpcChannel[] = [
  'trays.list',
  'letters.list',
  'letters.get',
  'organisation.get',
  'outbox.list',
  'session.state',
  'signing.plan',
  'search.find',
]

/** Keeps the cache in step with what the main process tells. Used once, at the top. */
export function usePushes(onSessionEnd: () => void): void {
  const queries = useQueryClient()
  useEffect(() => {
    const refresh = (channels: readonly IpcChannel[]) => {
      for (const channel of channels) void queries.invalidateQueries({ queryKey: [channel] })
    }
    const stops = [
      saraban.on('changed', () => refresh(CHANGEABLE)),
      saraban.on('sync.state', (state) => {
        queries.setQueryData(keyOf('sync.state'), state)
        refresh(['outbox.list'])
      }),
      saraban.on('tokens.changed', () => refresh(['tokens.list'])),
      saraban.on('session.ended', onSessionEnd),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [queries, onSessionEnd])
}
