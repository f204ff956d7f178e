import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { leftOut } from './leftOut.ts'
import { replyRefusal } from './refusalReply.ts'

/** What an error may be kept of: never its message or detail, which can hold what people wrote. */
const traceOf = (error: Error & { code?: string }) => ({
  name: error.name,
  code: error.code,
  at: error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')),
})

/** As much as is told back of a name that somebody else chose. */
const FIELD_LENGTH = 100

/**
 * Makes zod schemas the routes' validation, and every failure an answer in the protocol's form: malformed input, and a field
 * that nobody knows, is command-malformed naming the field, an unknown address 404, a fault of ours 503 so that clients try again.
 */
export function answerInProtocol(app: FastifyInstance): void {
  // What a form of any web page may send without asking first is no message of the protocol.
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(({ schema }) => (input: unknown) => {
    const parsed = (schema as z.ZodType).safeParse(input)
    if (!parsed.success)
      return { error: new MalformedInput(parsed.error.issues[0]?.path.join('.') || 'body') }
    const unknown = leftOut(input, parsed.data)
    if (unknown !== undefined) return { error: new MalformedInput(unknown.slice(0, FIELD_LENGTH)) }
    return storable(parsed.data) ? { value: parsed.data } : { error: new MalformedInput('text') }
  })
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof MalformedInput) {
      return replyRefusal(reply, { code: 'command-malformed', detail: { field: error.field } })
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return replyRefusal(reply, { code: 'command-malformed', detail: { field: 'body' } }, error.statusCode)
    }
    request.log.error({ fault: traceOf(error), route: request.routeOptions.url }, 'request failed')
    return replyRefusal(reply, { code: 'server-unreachable' }, 503)
  })
  app.setNotFoundHandler((_, reply) =>
    replyRefusal(reply, { code: 'command-malformed', detail: { field: 'address' } }, 404),
  )
}

class MalformedInput extends Error {
  readonly field: string

  constructor(field: string) {
    super('malformed input')
    this.field = field
  }
}

/** Whether PostgreSQL can keep every text in `value`: no NUL, no half of a surrogate pair. */
function storable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (value === null || typeof value !== 'object') return true
  return Object.values(value).every(storable)
}
