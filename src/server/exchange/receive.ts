import type { Refusal } from '../../shared/outcome.ts'
import type { ExchangeGateway } from './gateway.ts'
import { intakeInto } from './intake.ts'
import { type ItemStore, type StoredAs, storeItem } from './storeItem.ts'

/** What receiving is done with. */
export interface ReceivingParts extends ItemStore {
  readonly gateway: ExchangeGateway
}

/** What one poll brought; `refusal` when it, or the acknowledgement after it, was not answered. */
export type Received =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'stored'; readonly as: StoredAs }
  | { readonly kind: 'failed'; readonly refusal: Refusal }

/**
 * Fetches the next item, stores it for good and only then acknowledges it (3.2.14): a server that dies at any point
 * gets it again and knows it. An item in quarantine is acknowledged like the others, for the queue gives its first item
 * until that is acknowledged, and one hostile letter would keep all letters of the country out; its bytes are kept.
 */
export async function receiveNext(parts: ReceivingParts): Promise<Received> {
  const intake = intakeInto(parts.store.uploads)
  try {
    const polled = await parts.gateway.poll(intake)
    if (!polled.ok) return { kind: 'failed', refusal: polled.refusal }
    if (polled.value === null) return { kind: 'nothing' }
    const as = await storeItem(parts, parts.gateway, polled.value)
    const acknowledged = await parts.gateway.acknowledge(polled.value.receipt)
    return acknowledged.ok ? { kind: 'stored', as } : { kind: 'failed', refusal: acknowledged.refusal }
  } finally {
    await intake.clear()
  }
}
