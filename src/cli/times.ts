import { accept, type Outcome } from '../shared/outcome.ts'
import { usage } from './flags.ts'

/** A day or a time in ISO 8601, on Bangkok's clock when it names no other. `name` is the flag's. Refuses usage. */
export function readTime(name: string, text: string): Outcome<Date> {
  const match = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  const time = new Date(`${match?.[1]}${match?.[2] ?? 'T00:00'}${match?.[3] ?? '+07:00'}`)
  // A year of the Buddhist era would be a time five centuries from now.
  const isLikely = !Number.isNaN(time.getTime()) && time.getUTCFullYear() < 2400
  return match !== null && isLikely ? accept(time) : usage(`--${name} ${text}`)
}
