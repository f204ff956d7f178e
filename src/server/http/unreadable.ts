import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import type { RefusalCode } from '../../shared/refusals.ts'
import { replyRefusal } from './refusalReply.ts'

const malformed: RefusalCode = 'command-malformed'

/** What cannot be read as HTTP, by Node's code: everything else is a bad request (RFC 9110 §15.5, RFC 6585 §5). */
const STATUS: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

/**
 * Answers what reaches no route in the protocol's form too: addresses that cannot be decoded and requests that are no
 * HTTP. Nothing of what was sent is told back, and the connection of such a request is closed, so that what follows it
 * is never read as a request of its own (request smuggling, RFC 9112 §11.2).
 */
export const unreadable = {
  frameworkErrors: (_: Error, __: FastifyRequest, reply: FastifyReply): void => {
    replyRefusal(reply, { code: malformed, detail: { field: 'address' } })
  },
  clientErrorHandler: (error, socket): void => {
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const body = JSON.stringify({ code: malformed, detail: { field: 'request' } })
      const head = [
        `HTTP/1.1 ${STATUS[error.code] ?? '400 Bad Request'}`,
        'content-type: application/json; charset=utf-8',
        `content-length: ${body.length}`,
        'connection: close',
      ]
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
    }
    socket.destroy()
  },
} satisfies Pick<FastifyServerOptions, 'frameworkErrors' | 'clientErrorHandler'>
