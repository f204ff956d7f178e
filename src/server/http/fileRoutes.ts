import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { sha256Schema } from '../../shared/contract/letter.ts'
import { usableFile } from '../files/access.ts'
import { parseContentRange, parseRange } from '../files/contentRange.ts'
import { callerTokens } from './authentication.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

const fileSchema = z.object({ sha256: sha256Schema })
const extendsSchema = z.object({ extends: sha256Schema.optional() })
type FileParams = { Params: z.infer<typeof fileSchema> }
type UploadParams = FileParams & { Querystring: z.infer<typeof extendsSchema>; Body: Readable }

/** HEAD, GET and PUT /files/SHA256. A file that the caller may not see answers like one that is not there. */
export function fileRoutes(app: FastifyInstance, services: Services): void {
  const { database, store, uploads, organisation } = services

  // Bodies are streamed to the disk, whatever type they claim to be.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload))

  app.head<FileParams>('/files/:sha256', { schema: { params: fileSchema } }, async (request, reply) => {
    const { sha256 } = request.params
    const { personId } = request.caller
    const file = await usableFile(database, personId, await callerTokens(services, request), sha256)
    if (file) return reply.header('content-length', file.bytes).header('accept-ranges', 'bytes').send()
    return reply
      .code(404)
      .header('upload-offset', await uploads.offset(personId, sha256))
      .send()
  })

  app.get<FileParams>('/files/:sha256', { schema: { params: fileSchema } }, async (request, reply) => {
    const { sha256 } = request.params
    const tokens = await callerTokens(services, request)
    const file = await usableFile(database, request.caller.personId, tokens, sha256)
    if (!file) return replyRefusal(reply, { code: 'file-missing' })
    const range = parseRange(request.headers.range, file.bytes)
    reply.header('accept-ranges', 'bytes').header('etag', `"${sha256}"`)
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${file.bytes}`)
      return replyRefusal(reply, { code: 'command-malformed', detail: { field: 'range' } }, 416)
    }
    const { start, end } = range === 'whole' ? { start: 0, end: file.bytes - 1 } : range
    if (range !== 'whole') reply.code(206).header('content-range', `bytes ${start}-${end}/${file.bytes}`)
    return reply
      .type('application/pdf')
      .header('content-length', end - start + 1)
      .send(store.read(sha256, start, end))
  })

  const schema = { params: fileSchema, querystring: extendsSchema }
  app.put<UploadParams>('/files/:sha256', { schema }, async (request, reply) => {
    const { sha256 } = request.params
    const { personId } = request.caller
    const tokens = await callerTokens(services, request)
    const refuseUpload = (refusal: Parameters<typeof replyRefusal>[1], status?: number) => {
      request.body?.resume()
      return replyRefusal(reply, refusal, status)
    }
    const range = parseContentRange(request.headers['content-range'])
    if (!range || !request.body) {
      return refuseUpload({ code: 'command-malformed', detail: { field: 'content-range' } })
    }
    const limit =
      (await organisation.directory(request.caller.organisationVersion))?.organisation.policy
        .maximumFileBytes ?? 0
    if (range.total > limit) {
      const detail = { megabytes: Math.ceil(range.total / 1e6), limit: Math.floor(limit / 1e6) }
      return refuseUpload({ code: 'file-too-large', detail })
    }
    const stored = await usableFile(database, personId, tokens, sha256)
    if (stored) {
      request.body.resume()
      return uploaded(reply, true, stored.bytes)
    }
    const extended = request.query.extends
    const base = extended === undefined ? undefined : await usableFile(database, personId, tokens, extended)
    if (extended !== undefined && !base) return refuseUpload({ code: 'file-missing' })
    const progress = await uploads.receive({ sha256, personId, range, base, body: request.body })
    if (progress.ok) return uploaded(reply, progress.value.whole, progress.value.offset)
    reply.header('upload-offset', await uploads.offset(personId, sha256))
    return refuseUpload(progress.refusal)
  })
}

const uploaded = (reply: FastifyReply, whole: boolean, offset: number): FastifyReply =>
  reply
    .code(whole ? 201 : 202)
    .header('upload-offset', offset)
    .send()
