/**
 * The first field of `input` that its schema does not know and left out of `parsed`, as a path such as
 * `commands.0.body.extra`; undefined where everything was taken. What somebody asked for is carried out whole or
 * refused, so that a client never believes that the server knows a word which it dropped.
 */
export function leftOut(input: unknown, parsed: unknown, path: readonly string[] = []): string | undefined {
  if (!isObject(input) || !isObject(parsed)) return undefined
  for (const [key, value] of Object.entries(input)) {
    const here = [...path, key]
    const found = Object.hasOwn(parsed, key) ? leftOut(value, parsed[key], here) : here.join('.')
    if (found !== undefined) return found
  }
  return undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
