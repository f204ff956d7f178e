/** That the feed has grown, as app servers tell each other. */
export interface FeedNews {
  /** The feed's end. */
  readonly head: number
  /** Whoever carries one of these tokens is concerned; null where it may be anyone. */
  readonly tokens: readonly string[] | null
}

/** PostgreSQL takes less than 8000 bytes (NOTIFY). */
const LONGEST_BYTES = 7999

/** The news as the text of a notification; too many tokens for one make it news for everyone. */
export function newsText(head: number, tokens: Iterable<string>): string {
  const text = JSON.stringify([head, ...new Set(tokens)])
  return Buffer.byteLength(text) <= LONGEST_BYTES ? text : JSON.stringify([head])
}

/** Reads newsText. A number alone, as earlier servers on the same database send it, is news for everyone. */
export function parseNews(text: string): FeedNews {
  const parsed: unknown = JSON.parse(text)
  const [head, ...tokens] = Array.isArray(parsed) ? parsed : [parsed]
  return { head: Number(head), tokens: tokens.length > 0 ? tokens.map(String) : null }
}

/** Whether news is about something that who carries `tokens` may see, or no longer may. */
export const concerns = ({ tokens }: FeedNews, carried: ReadonlySet<string>): boolean =>
  tokens === null || tokens.some((token) => carried.has(token))
