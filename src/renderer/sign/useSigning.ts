import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { IpcInput } from '../../shared/contract/ipc.ts'
import type { SignatureResult, SigningStep } from '../../shared/contract/views.ts'
import type { Refusal } from '../../shared/outcome.ts'
import { saraban } from '../bridge.ts'

/** Where a signing stands. */
export type Signing =
  | { readonly phase: 'ready'; readonly refusal: Refusal | null }
  | { readonly phase: 'signing'; readonly step: SigningStep | null }
  | { readonly phase: 'done'; readonly result: SignatureResult }

/** Signs, follows the steps and stops on demand. The PIN passes through and is kept nowhere. */
export function useSigning(letterId: string) {
  const queries = useQueryClient()
  const [signing, setSigning] = useState<Signing>({ phase: 'ready', refusal: null })

  useEffect(
    () =>
      saraban.on('signing.progress', (progress) => {
        if (progress.letterId !== letterId) return
        setSigning((now) => (now.phase === 'signing' ? { phase: 'signing', step: progress.step } : now))
      }),
    [letterId],
  )

  const sign = useCallback(
    async (input: IpcInput<'signing.sign'>) => {
      setSigning({ phase: 'signing', step: null })
      const outcome = await saraban.call('signing.sign', input)
      setSigning(
        outcome.ok ? { phase: 'done', result: outcome.value } : { phase: 'ready', refusal: outcome.refusal },
      )
      await queries.invalidateQueries({ queryKey: ['tokens.list'] })
      return outcome.ok
    },
    [queries],
  )
  const cancel = useCallback(() => void saraban.call('signing.cancel'), [])
  const forget = useCallback(() => setSigning({ phase: 'ready', refusal: null }), [])
  return { signing, sign, cancel, forget }
}
