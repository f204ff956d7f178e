/** A structured-cloneable value as JSON. Objects with a `$` are marked values; `bytes` may travel apart. */
export type Wire = unknown

/** Turns structured-cloneable values into JSON and back. */
export interface Codec {
  /** Encodes; with `apart`, byte arrays are put there in order instead of into the JSON. */
  encode(value: unknown, apart?: Uint8Array[]): Wire
  /** Decodes; `apart` gives the bytes that travelled beside the JSON, by their index. */
  decode(wire: Wire, apart?: (index: number) => ArrayBuffer): unknown
}

/**
 * Makes a codec. Runs both in Node and, as its own source text, in pages, so it refers to nothing outside itself.
 */
export function createCodec(
  toBase64: (bytes: Uint8Array) => string,
  fromBase64: (text: string) => Uint8Array<ArrayBuffer>,
): Codec {
  type Marked = { readonly $: string; readonly v?: unknown; readonly b?: string; readonly i?: number }
  type ViewConstructor = new (buffer: ArrayBuffer) => ArrayBufferView
  const views: Record<string, ViewConstructor> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  }

  function encodeBytes(kind: string, bytes: Uint8Array, apart: Uint8Array[] | undefined): Marked {
    return apart ? { $: kind, i: apart.push(bytes) - 1 } : { $: kind, b: toBase64(bytes) }
  }

  function encodeObject(value: object, apart: Uint8Array[] | undefined): Wire {
    const encodeEach = (item: unknown): Wire => encode(item, apart)
    if (Array.isArray(value)) return Array.from(value, encodeEach)
    if (value instanceof ArrayBuffer) return encodeBytes('ArrayBuffer', new Uint8Array(value), apart)
    if (ArrayBuffer.isView(value)) {
      const kind = value.constructor.name in views ? value.constructor.name : 'Uint8Array'
      return encodeBytes(kind, new Uint8Array(value.buffer, value.byteOffset, value.byteLength), apart)
    }
    if (value instanceof Date) return { $: 'date', v: value.getTime() }
    if (value instanceof Map) return { $: 'map', v: [...value].map(encodeEach) }
    if (value instanceof Set) return { $: 'set', v: [...value].map(encodeEach) }
    if (value instanceof Error) return { $: 'error', v: [value.name, value.message, value.stack ?? ''] }
    if (value instanceof RegExp) return { $: 'regexp', v: [value.source, value.flags] }
    const plain: Record<string, Wire> = {}
    for (const [key, item] of Object.entries(value)) plain[key] = encodeEach(item)
    return '$' in plain ? { $: 'object', v: plain } : plain
  }

  function encode(value: unknown, apart?: Uint8Array[]): Wire {
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' }
      case 'bigint':
        return { $: 'bigint', v: String(value) }
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
      case 'function':
      case 'symbol':
        throw new TypeError('An object could not be cloned.')
      case 'object':
        return value === null ? null : encodeObject(value, apart)
      default:
        return value
    }
  }

  function decodeError([name, message, stack]: string[]): Error {
    const error = new Error(message)
    Object.defineProperties(error, {
      name: { value: name, configurable: true, writable: true },
      stack: { value: stack, configurable: true, writable: true },
    })
    return error
  }

  function decodePlain(wire: object, apart: ((index: number) => ArrayBuffer) | undefined): unknown {
    const plain: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(wire)) plain[key] = decode(item, apart)
    return plain
  }

  function decodeMarked(wire: Marked, apart: ((index: number) => ArrayBuffer) | undefined): unknown {
    const decodeEach = (item: Wire): unknown => decode(item, apart)
    switch (wire.$) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(wire.v)
      case 'bigint':
        return BigInt(wire.v as string)
      case 'date':
        return new Date(wire.v as number)
      case 'map':
        return new Map((wire.v as Wire[]).map(decodeEach) as [unknown, unknown][])
      case 'set':
        return new Set((wire.v as Wire[]).map(decodeEach))
      case 'error':
        return decodeError(wire.v as string[])
      case 'regexp':
        return new RegExp(...(wire.v as [string, string]))
      case 'object':
        return decodePlain(wire.v as object, apart)
      default: {
        const buffer = apart && wire.i !== undefined ? apart(wire.i) : fromBase64(wire.b ?? '').buffer
        return wire.$ === 'ArrayBuffer' ? buffer : new views[wire.$]!(buffer)
      }
    }
  }

  function decode(wire: Wire, apart?: (index: number) => ArrayBuffer): unknown {
    if (wire === null || typeof wire !== 'object') return wire
    if (Array.isArray(wire)) return wire.map((item) => decode(item, apart))
    return '$' in wire ? decodeMarked(wire as Marked, apart) : decodePlain(wire, apart)
  }

  return { encode, decode }
}
