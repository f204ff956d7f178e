import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ExchangeItem, settleItemSchema } from '../../shared/contract/exchange.ts'
import { idSchema } from '../../shared/contract/facts.ts'
import { type Outcome, refuse } from '../../shared/outcome.ts'
import { type ItemToSettle, incomingItems, itemInvalid, itemRejected } from '../exchange/items.ts'
import { callerTokens } from './authentication.ts'
import { replyRefusal } from './refusalReply.ts'
import type { Services } from './services.ts'

const itemSchema = z.object({ id: idSchema })
type SettleItem = { Params: z.infer<typeof itemSchema>; Body: z.infer<typeof settleItemSchema> }

/**
 * GET /exchange/items and POST /exchange/items/ID/settle, for the clerks of the central registry, and of secret items
 * for those who are cleared. Registering an item is a letter's command (`register` with `exchangeItemId`).
 */
export function exchangeRoutes(app: FastifyInstance, services: Services): void {
  const { database, clock } = services

  app.get('/exchange/items', async (request) => {
    const tokens = await callerTokens(services, request)
    const items = await incomingItems(database)
    return { items: items.filter(({ audience }) => tokens.includes(audience)).map(itemView) }
  })

  app.post<SettleItem>(
    '/exchange/items/:id/settle',
    { schema: { params: itemSchema, body: settleItemSchema } },
    async (request, reply) => {
      const { id } = request.params
      const tokens = await callerTokens(services, request)
      const settled = await database.transaction().execute(async (transaction): Promise<Outcome<null>> => {
        const item = (await incomingItems(transaction)).find((one) => one.id === id)
        // An item of others is answered like one that is not there.
        if (!item || !tokens.includes(item.audience)) return refuse('exchange-item-unknown')
        const settle = request.body.state === 'rejected' ? itemRejected : itemInvalid
        return settle(transaction, id, clock())
      })
      return settled.ok ? reply.code(204).send() : replyRefusal(reply, settled.refusal)
    },
  )
}

const itemView = ({ letter, ...item }: ItemToSettle): ExchangeItem => ({
  id: item.id,
  state: item.state,
  arrivedAt: item.arrivedAt.toISOString(),
  letter: letter && {
    number: letter.number,
    date: letter.date,
    subject: letter.subject,
    secrecyCode: letter.secrecyCode,
    speedCode: letter.speedCode,
    senderTitle: letter.sender.jobTitle,
    senderDepartment: letter.sender.departmentId,
    enclosures: letter.enclosures,
    files: [letter.main, ...letter.attachments],
  },
  refusal: item.refusal && {
    code: item.refusal.code,
    ...(item.refusal.detail && { detail: { ...item.refusal.detail } }),
  },
  disputedNumber: item.disputedNumber,
})
