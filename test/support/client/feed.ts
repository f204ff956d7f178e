import { randomUUID } from 'node:crypto'
import { sampleOrganisation } from '../../../src/server/sampleOrganisation.ts'
import type { Command, CommandBody, LetterEvent } from '../../../src/shared/contract/letter.ts'
import type { FeedEntry } from '../../../src/shared/contract/sync.ts'
import { ordinaryFacts } from '../../../src/shared/domain/asked.ts'
import { decide } from '../../../src/shared/domain/decide.ts'
import { chainEvents } from '../../../src/shared/domain/eventChain.ts'
import { evolve } from '../../../src/shared/domain/evolve.ts'
import type { Letter } from '../../../src/shared/domain/letter.ts'
import { directoryOf } from '../../../src/shared/domain/organisation.ts'

const directory = directoryOf(sampleOrganisation)

/** A command by its parts, dated `now`. */
export const commandOf = (letterId: string, positionId: string | null, body: CommandBody): Command => ({
  id: randomUUID(),
  letterId,
  positionId,
  clientTime: new Date().toISOString(),
  body,
})

/** The events that a server would record for commands about one letter, each as an entry of the feed. */
export function eventsOf(asked: readonly { actor: string; command: Command }[]): LetterEvent[] {
  let letter: Letter | undefined
  return asked.flatMap(({ actor, command }) => {
    const decided = decide(letter, command, {
      directory,
      actor,
      now: command.clientTime,
      numbers: { nextSerial: 1 },
    })
    if (!decided.ok) throw new Error(decided.refusal.code)
    const recording = { command, actor, device: 'test', serverTime: command.clientTime }
    const events = chainEvents(letter, decided.value, recording)
    for (const event of events) letter = evolve(letter, event)
    return events
  })
}

/** Drafting a letter and proposing it to the deputy, as commands of somying. */
export function draftAndPropose(letterId: string, subject: string): { draft: Command; propose: Command } {
  const draft = commandOf(letterId, null, {
    ...ordinaryFacts,
    type: 'draft',
    kind: 'internal',
    subject,
    addressee: 'รองเลขาธิการ',
    urgency: 'normal',
    unitId: 'fund',
    registerId: 'send-fund',
    fileName: 'บันทึกข้อความ.pdf',
    pageCount: 1,
    revision: { sha256: 'a'.repeat(64), bytes: 1000, extends: null },
  })
  return { draft, propose: commandOf(letterId, null, { type: 'propose', to: 'deputy', note: '' }) }
}

/** Feed entries of `count` letters that somying has proposed to the deputy, from `seq` on. */
export function proposedLetters(count: number, seq = 1): FeedEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const letterId = randomUUID()
    const { draft, propose } = draftAndPropose(letterId, `ขอความอนุเคราะห์ข้อมูล ฉบับที่ ${index + 1}`)
    const events = eventsOf([draft, propose].map((command) => ({ actor: 'somying', command })))
    return { seq: seq + index, kind: 'events' as const, letterId, events }
  })
}
