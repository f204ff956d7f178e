import { randomUUID } from 'node:crypto'
import type { TextMark } from '../../../src/pdf/marks/textMark.ts'
import type { EventBody } from '../../../src/shared/contract/letter.ts'
import type { CommandResult } from '../../../src/shared/contract/sync.ts'
import { letterDate } from '../../../src/shared/thai/dates.ts'
import { numberAfterAgency } from '../../../src/shared/thai/letterNumber.ts'
import { makeLetter } from '../pki/letters.ts'
import { draftCommand, numberCommand, proposeCommand } from './letters.ts'
import { sha256 } from './minimalPdf.ts'
import { acceptedEvents, command, put, type TestClient } from './testClient.ts'

/** The event by which a letter got its number. */
export type BoundNumber = Extract<EventBody, { type: 'number-bound' }>

/** A letter that `staff` proposed to the deputy, who asked for its number. */
export async function numberedLetter(
  staff: TestClient,
  deputy: TestClient,
): Promise<{ letterId: string; file: Uint8Array; number: BoundNumber }> {
  const letterId = randomUUID()
  const file = await makeLetter('table')
  await staff.upload(file)
  const sent = await staff.send(draftCommand(letterId, file), proposeCommand(letterId, 'deputy'))
  for (const result of sent) acceptedEvents(result)
  const [result] = await deputy.send(numberCommand(letterId, 'deputy'))
  const body = acceptedEvents(result)[0]?.body
  if (body?.type !== 'number-bound') throw new Error('no number')
  return { letterId, file, number: body }
}

/** Number and date as the program writes them on the first page. */
export const marksFor = (number: BoundNumber): TextMark[] => [
  {
    name: 'number',
    page: 1,
    place: { x: 120, y: 700 },
    lines: [numberAfterAgency(number.text, 'สปสช')],
    fontSize: 16,
  },
  { name: 'date', page: 1, place: { x: 320, y: 700 }, lines: [letterDate(number.date)], fontSize: 16 },
]

/** Uploads what a signature appended and asks for it to be recorded. */
export async function bringSigned(
  client: TestClient,
  letterId: string,
  positionId: string,
  base: Uint8Array,
  revision: Uint8Array,
): Promise<CommandResult | undefined> {
  const hash = sha256(revision)
  const appended = revision.subarray(base.length)
  const answer = await client.request(
    `/files/${hash}?extends=${sha256(base)}`,
    put(appended, base.length, revision.length),
  )
  if (answer.status !== 201) await client.upload(revision)
  const reference = { sha256: hash, bytes: revision.length, extends: sha256(base) }
  const [result] = await client.send(command(letterId, { type: 'sign', revision: reference }, positionId))
  return result
}
