import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CommandResult } from '../../shared/contract/sync.ts'
import { lasting } from './lastingFault.ts'
import { commandQueue } from './queue.ts'
import type { Submission } from './submission.ts'

const submission = (): Submission => ({
  command: {
    id: randomUUID(),
    letterId: randomUUID(),
    positionId: null,
    clientTime: '2026-11-23T01:00:00.000Z',
    body: { type: 'propose', to: 'deputy', note: '' },
  },
  actor: 'somying',
  device: randomUUID(),
})
const accepted = ({ command }: Submission): CommandResult => ({
  id: command.id,
  outcome: 'accepted',
  events: [],
})

test('a command on which our own code breaks is refused, and those committed with it are not', async () => {
  const group = [submission(), submission(), submission()]
  const queue = commandQueue(async (submissions) =>
    lasting(() =>
      submissions.map((one) => {
        if (one === group[1]) throw new Error('broken')
        return accepted(one)
      }),
    ),
  )
  const outcomes = (await queue.submit(group)).map((result) =>
    result.outcome === 'refused' ? result.refusal.code : 'accepted',
  )
  expect(outcomes).toEqual(['accepted', 'server-fault', 'accepted'])
})

test('while the database is away nothing is refused: the commands are to be sent again', async () => {
  const away = Object.assign(new Error('away'), { code: '57P01' })
  const queue = commandQueue(() => Promise.reject(away))
  await expect(queue.submit([submission(), submission()])).rejects.toBe(away)
  const noSocket = Object.assign(new Error('no socket'), { code: 'ENOENT', syscall: 'connect' })
  await expect(commandQueue(() => Promise.reject(noSocket)).submit([submission()])).rejects.toBe(noSocket)
  const cut = commandQueue(() => Promise.reject(new Error('Connection terminated unexpectedly')))
  await expect(cut.submit([submission()])).rejects.toThrow()
})
