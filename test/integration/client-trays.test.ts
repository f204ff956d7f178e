import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { rowOf } from '../../src/main/client/letters/trays.ts'
import { sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import type { Command } from '../../src/shared/contract/letter.ts'
import { ordinaryFacts } from '../../src/shared/domain/asked.ts'
import { decide } from '../../src/shared/domain/decide.ts'
import { chainEvents } from '../../src/shared/domain/eventChain.ts'
import { foldLetter } from '../../src/shared/domain/evolve.ts'
import { directoryOf } from '../../src/shared/domain/organisation.ts'

const now = '2026-11-23T03:00:00.000Z'
const directory = directoryOf(sampleOrganisation)

it('a letter from outside is listed with its sender, and with the number and date that the sender gave it', () => {
  const command: Command = {
    id: randomUUID(),
    letterId: randomUUID(),
    positionId: null,
    clientTime: now,
    body: {
      ...ordinaryFacts,
      type: 'register',
      kind: 'external',
      subject: 'ขอความอนุเคราะห์วิทยากร',
      addressee: 'เลขาธิการ',
      unitId: 'registry',
      registerId: 'receive-registry',
      sender: { from: 'มหาวิทยาลัยเชียงใหม่', agencyId: null, number: 'อว 8393/112', date: '2026-11-20' },
      way: 'post',
      arrivedAt: now,
      paperAt: 'ตู้ ๑',
      defect: '',
      despiteDuplicate: false,
      exchangeItemId: null,
      file: null,
    },
  }
  const decided = decide(undefined, command, { directory, actor: 'pimjai', now, numbers: { nextSerial: 1 } })
  if (!decided.ok) throw new Error(decided.refusal.code)
  const recording = { command, actor: 'pimjai', device: 'test', serverTime: now }
  const letter = foldLetter(chainEvents(undefined, decided.value, recording))
  if (!letter) throw new Error('no letter')
  expect(rowOf({ letter, unread: false, waiting: 0 }, directory)).toMatchObject({
    from: 'มหาวิทยาลัยเชียงใหม่',
    number: 'อว 8393/112',
    date: '2026-11-20',
  })
})
