/** What happened, for the log file: an event's name and facts that hold no subject, text, PIN or key. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void

/** The name and place of a fault; never its message, which may quote what a person typed. */
export function faultFacts(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { fault: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const place = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  return { fault: error.name, ...(code && { code }), place: place.trim() }
}
