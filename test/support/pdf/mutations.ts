/** A small generator of numbers below 1 that gives the same row for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
type Mutation = (bytes: Uint8Array, next: Random, other: Uint8Array) => Uint8Array

const upTo = (next: Random, count: number): number => Math.floor(next() * count)
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const pick = <Item>(items: readonly Item[], next: Random): Item => items[upTo(next, items.length)] as Item

/** Replaces one of the places where `pattern` matches. */
function replaceOne(bytes: Uint8Array, pattern: RegExp, next: Random, replacement: string): Uint8Array {
  const text = textOf(bytes)
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return bytes
  const match = pick(found, next)
  return bytesOf(text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length))
}

const giants = [
  '4294967296',
  '99999999999999',
  '-1',
  '2147483647',
  '1e9',
  '0',
  '8388607',
  '00000000000000000001',
]
const keywords = [
  'endobj',
  'stream',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  '<',
  'null',
  'xref',
  'trailer',
  '%',
  '/',
  'R',
]

/** What may befall a file, by name. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'bytes overwritten': (bytes, next) => {
    const changed = bytes.slice()
    for (let left = 1 + upTo(next, 20); left > 0; left--) changed[upTo(next, bytes.length)] = upTo(next, 256)
    return changed
  },
  'bits turned': (bytes, next) => {
    const changed = bytes.slice()
    for (let left = 1 + upTo(next, 6); left > 0; left--) {
      const at = upTo(next, bytes.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << upTo(next, 8))
    }
    return changed
  },
  'cut off': (bytes, next) => bytes.slice(0, upTo(next, bytes.length)),
  'a part missing': (bytes, next) => {
    const from = upTo(next, bytes.length)
    return new Uint8Array(Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + upTo(next, 400))]))
  },
  'a part twice': (bytes, next) => {
    const from = upTo(next, bytes.length)
    const to = Math.min(bytes.length, from + upTo(next, 2000))
    return new Uint8Array(Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]))
  },
  'the head of one and the tail of another': (bytes, next, other) =>
    new Uint8Array(
      Buffer.concat([bytes.subarray(0, upTo(next, bytes.length)), other.subarray(upTo(next, other.length))]),
    ),
  'another file appended': (bytes, _, other) => new Uint8Array(Buffer.concat([bytes, other])),
  'a reference to elsewhere': (bytes, next) => replaceOne(bytes, /\d+ 0 R/g, next, `${upTo(next, 30)} 0 R`),
  'a count that cannot be': (bytes, next) => replaceOne(bytes, /\d+/g, next, pick(giants, next)),
  'an offset that is wrong': (bytes, next) =>
    replaceOne(
      bytes,
      /\d{10} \d{5} n|startxref\s+\d+|\/Prev \d+|\/ByteRange \[[\d ]+\]/g,
      next,
      `${pick(['startxref\n', '/Prev ', '/ByteRange [0 '], next)}${upTo(next, bytes.length * 2)}`,
    ),
  'a word out of place': (bytes, next) => {
    const at = upTo(next, bytes.length)
    const word = Buffer.from(` ${pick(keywords, next)} `)
    return new Uint8Array(Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)]))
  },
  'a revision that changes an object': (bytes, next) => {
    const number = 1 + upTo(next, 12)
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(textOf(bytes))?.[1] ?? '0'
    const value = pick(
      ['null', '[]', '<<>>', `${number} 0 R`, `<</Kids [${number} 0 R] /Type /Pages>>`, '(x)'],
      next,
    )
    const object = `\n${number} 0 obj\n${value}\nendobj\n`
    const table = `xref\n${number} 1\n${String(bytes.length + 1).padStart(10, '0')} 00000 n \n`
    const end = `trailer\n<</Size 500 /Root 1 0 R /Prev ${start}>>\nstartxref\n${bytes.length + object.length}\n%%EOF\n`
    return new Uint8Array(Buffer.concat([bytes, Buffer.from(object + table + end)]))
  },
}
