import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { idSchema, keySchema } from '../../shared/contract/facts.ts'
import { officeCommandsSchema } from '../../shared/contract/office.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { RefusalCode } from '../../shared/refusals.ts'
import { expireReservations } from '../office/expireReservations.ts'
import { handleOffice } from '../office/handleOffice.ts'
import { readCandidates, readDisposal, readDisposals } from '../office/readDisposals.ts'
import { readEntries } from '../office/readEntries.ts'
import { readOfficeLog } from '../office/readOfficeLog.ts'
import { type Reader, readRegisters } from '../office/readRegisters.ts'
import { compressed } from './compressed.ts'
import { digits, LARGEST } from './digits.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

const limit = digits(1, 500).default(100)
const after = digits(0, LARGEST).default(0)
const year = digits(0, 3000).optional()

const registerParams = z.object({ id: keySchema })
const entriesQuery = z.object({ year, after, limit })
const logQuery = z.object({ stream: z.string().min(1).max(100), after, limit })
const disposalParams = z.object({ id: idSchema })
const candidatesQuery = z.object({ unitId: keySchema, year, after: idSchema.optional(), limit })

/** POST /office, and what people may read of registers, disposals and the office's logs. */
export function officeRoutes(app: FastifyInstance, services: Services): void {
  const { database, clock } = services

  app.post<{ Body: z.infer<typeof officeCommandsSchema> }>(
    '/office',
    { schema: { body: officeCommandsSchema } },
    async (request) => {
      const results = await handleOffice(services, request.caller, request.body.commands)
      if (request.body.commands.some(({ body }) => body.type === 'carry-out')) services.officeWork.wake()
      return { results }
    },
  )

  app.get('/registers', async (request, reply) => {
    const reader = await readerOf(services, request)
    return compressed(request, reply, { registers: await readRegisters(database, reader) })
  })

  app.get<{ Params: z.infer<typeof registerParams>; Querystring: z.infer<typeof entriesQuery> }>(
    '/registers/:id/entries',
    { schema: { params: registerParams, querystring: entriesQuery } },
    async (request, reply) => {
      const reader = await readerOf(services, request)
      const registerId = request.params.id
      // What ran out is cancelled at the latest when somebody looks.
      await expireReservations({ database, clock }, registerId)
      const { query } = request
      return answer(
        request,
        reply,
        await readEntries(database, reader, { registerId, year: undefined, ...query }),
      )
    },
  )

  app.get<{ Querystring: z.infer<typeof logQuery> }>(
    '/office/log',
    { schema: { querystring: logQuery } },
    async (request, reply) =>
      answer(request, reply, await readOfficeLog(database, await readerOf(services, request), request.query)),
  )

  app.get('/disposals', async (request, reply) => {
    const reader = await readerOf(services, request)
    return compressed(request, reply, { disposals: await readDisposals(database, reader) })
  })

  app.get<{ Querystring: z.infer<typeof candidatesQuery> }>(
    '/disposals/candidates',
    { schema: { querystring: candidatesQuery } },
    async (request, reply) => {
      const asked = { year: undefined, after: undefined, ...request.query }
      return answer(request, reply, await readCandidates(database, await readerOf(services, request), asked))
    },
  )

  app.get<{ Params: z.infer<typeof disposalParams> }>(
    '/disposals/:id',
    { schema: { params: disposalParams } },
    async (request, reply) =>
      answer(
        request,
        reply,
        await readDisposal(database, await readerOf(services, request), request.params.id),
      ),
  )
}

async function readerOf({ organisation, clock }: Services, request: FastifyRequest): Promise<Reader> {
  const { personId, organisationVersion } = request.caller
  const directory = await organisation.directory(organisationVersion)
  if (!directory) throw new Error('the server has no organisation')
  return { personId, directory, now: clock().toISOString() }
}

const STATUS: Partial<Record<RefusalCode, number>> = {
  'clerk-only': 403,
  'administrator-only': 403,
  'organisation-unknown-id': 404,
  'disposal-unknown': 404,
}

/** Answers with what was read, or why it is not the reader's to see. */
function answer<Value extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  read: Outcome<Value>,
): unknown {
  if (read.ok) return compressed(request, reply, read.value)
  return replyRefusal(reply, read.refusal, STATUS[read.refusal.code])
}
