/** The end of a bridge between a page's own world and the preload's isolated one. */
export interface WorldBridge {
  /** Shows `value` to the other world under `key`: functions stay callable, the rest is copied. */
  expose(key: string, value: unknown): void
}

/**
 * Makes one end of the bridge. Both worlds share the document, so calls travel as synchronous events whose names
 * only the two ends know; `detail` is structured-cloned from world to world. Runs in pages as its own source
 * text, so it refers to nothing outside itself.
 */
export function createWorldBridge(
  inbound: string,
  outbound: string,
  onExposed: (key: string, value: unknown) => void,
): WorldBridge {
  type Callable = (...args: unknown[]) => unknown
  type Wrapped =
    | { readonly kind: 'function'; readonly id: number }
    | { readonly kind: 'promise'; readonly id: number }
    | { readonly kind: 'array'; readonly items: Wrapped[] }
    | { readonly kind: 'object'; readonly fields: Record<string, Wrapped> }
    | { readonly kind: 'value'; readonly value: unknown }
  type Outcome = { readonly ok: boolean; readonly value: Wrapped }
  type Message =
    | { readonly kind: 'expose'; readonly key: string; readonly value: Wrapped }
    | { readonly kind: 'call'; readonly id: number; readonly callee: number; readonly args: Wrapped[] }
    | { readonly kind: 'returned'; readonly id: number; readonly outcome: Outcome }
    | { readonly kind: 'settled'; readonly id: number; readonly outcome: Outcome }
    | { readonly kind: 'released'; readonly id: number }

  const { dispatchEvent, addEventListener } = window
  const lent = new Map<number, { readonly callee: Callable; times: number }>()
  const lentIds = new WeakMap<Callable, number>()
  const returns = new Map<number, Outcome>()
  const settlements = new Map<number, (outcome: Outcome) => void>()
  const borrowed = new FinalizationRegistry<number>((id) => post({ kind: 'released', id }))
  let lastId = 0

  function post(message: Message): void {
    dispatchEvent.call(window, new CustomEvent(outbound, { detail: message }))
  }

  function nextId(): number {
    lastId += 1
    return lastId
  }

  function isPlain(value: object): boolean {
    const prototype: unknown = Object.getPrototypeOf(value)
    return prototype === Object.prototype || prototype === null
  }

  function lend(callee: Callable): Wrapped {
    const id = lentIds.get(callee) ?? nextId()
    lentIds.set(callee, id)
    const entry = lent.get(id) ?? { callee, times: 0 }
    entry.times += 1
    lent.set(id, entry)
    return { kind: 'function', id }
  }

  function failure(reason: unknown): Outcome {
    return {
      ok: false,
      value: { kind: 'value', value: reason instanceof Error ? reason : new Error(String(reason)) },
    }
  }

  function promise(value: PromiseLike<unknown>): Wrapped {
    const id = nextId()
    value.then(
      (result) => post({ kind: 'settled', id, outcome: { ok: true, value: wrap(result) } }),
      (reason) => post({ kind: 'settled', id, outcome: failure(reason) }),
    )
    return { kind: 'promise', id }
  }

  function wrap(value: unknown): Wrapped {
    if (typeof value === 'function') return lend(value as Callable)
    if (value === null || typeof value !== 'object') return { kind: 'value', value }
    if (Array.isArray(value)) return { kind: 'array', items: value.map(wrap) }
    if (isPlain(value)) {
      const fields = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrap(item)]))
      return { kind: 'object', fields }
    }
    if (value instanceof Promise) return promise(value)
    return { kind: 'value', value }
  }

  function borrow(callee: number): Callable {
    const proxy: Callable = (...args) => call(callee, args)
    borrowed.register(proxy, callee)
    return proxy
  }

  function unwrap(wrapped: Wrapped): unknown {
    switch (wrapped.kind) {
      case 'function':
        return borrow(wrapped.id)
      case 'promise':
        return new Promise((resolve, reject) => {
          settlements.set(wrapped.id, ({ ok, value }) => (ok ? resolve : reject)(unwrap(value)))
        })
      case 'array':
        return wrapped.items.map(unwrap)
      case 'object':
        return Object.fromEntries(Object.entries(wrapped.fields).map(([key, item]) => [key, unwrap(item)]))
      case 'value':
        return wrapped.value
    }
  }

  function call(callee: number, args: unknown[]): unknown {
    const id = nextId()
    post({ kind: 'call', id, callee, args: args.map(wrap) })
    const outcome = returns.get(id)
    returns.delete(id)
    if (!outcome) throw new Error('the other world did not answer')
    if (outcome.ok) return unwrap(outcome.value)
    throw unwrap(outcome.value)
  }

  function answer(callee: number, args: Wrapped[]): Outcome {
    try {
      const entry = lent.get(callee)
      if (!entry) throw new Error('the called function is gone')
      return { ok: true, value: wrap(entry.callee(...args.map(unwrap))) }
    } catch (error) {
      return failure(error)
    }
  }

  function release(id: number): void {
    const entry = lent.get(id)
    if (!entry) return
    entry.times -= 1
    if (entry.times === 0) lent.delete(id)
  }

  function receive(message: Message): void {
    switch (message.kind) {
      case 'expose':
        onExposed(message.key, unwrap(message.value))
        break
      case 'call':
        post({ kind: 'returned', id: message.id, outcome: answer(message.callee, message.args) })
        break
      case 'returned':
        returns.set(message.id, message.outcome)
        break
      case 'settled':
        settlements.get(message.id)?.(message.outcome)
        settlements.delete(message.id)
        break
      case 'released':
        release(message.id)
        break
    }
  }

  const listener = (event: Event): void => {
    event.stopImmediatePropagation()
    receive((event as CustomEvent<Message>).detail)
  }
  addEventListener.call(window, inbound, listener, true)
  return { expose: (key, value) => post({ kind: 'expose', key, value: wrap(value) }) }
}
