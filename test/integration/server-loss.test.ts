import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SigningStep } from '../../src/shared/contract/views.ts'
import { openOffice, orderToSign, pinOf, type SigningOffice } from '../support/client/signingOffice.ts'
import { proposeMemo } from '../support/client/story.ts'
import { accepted, codeOf, eventually } from '../support/client/testClient.ts'

let office: SigningOffice

beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

/** The types of a letter's events as a person's PC has them once it holds `count` of them. */
const eventsAt = async (person: string, letterId: string, count: number) => {
  const { client } = await office.pc(person)
  return eventually(
    `${count} events at ${person}`,
    async () => {
      await client.syncNow()
      const got = await client.getLetter({ letterId })
      if (!got.ok || got.value.timeline.length < count) return undefined
      return got.value.timeline.map(({ event }) => event.body.type)
    },
    60_000,
  )
}

test('a server that dies while letters are proposed loses none of them and takes each once', async () => {
  const author = await office.pc('somying')
  const dying = (async () => {
    for (let time = 0; time < 3; time += 1) {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await office.server.kill()
      await office.server.start()
    }
  })()
  const letters: string[] = []
  for (let count = 0; count < 6; count += 1) letters.push(await proposeMemo(author.client))
  await dying
  for (const letterId of letters) {
    expect(await eventsAt('somying', letterId, 2)).toEqual(['drafted', 'proposed'])
    expect(await eventsAt('kamonchanok', letterId, 2)).toEqual(['drafted', 'proposed'])
  }
}, 180_000)

const steps: SigningStep[] = ['number', 'prepare', 'token', 'embed', 'check', 'keep', 'send']

test('a server that dies at each step of signing finds each letter whole and signed once', async () => {
  const author = await office.pc('somying')
  const deputy = await office.pc('teerawat')
  for (const step of steps) {
    const letterId = await proposeMemo(author.client)
    const order = await orderToSign(deputy.client, letterId, 'deputy', pinOf('teerawat'))
    let down = Promise.resolve()
    const stop = deputy.client.on('signing.progress', (progress) => {
      if (progress.step === step) down = office.server.kill()
    })
    const outcome = deputy.client.sign(order)
    await eventually(`the step ${step}`, async () => deputy.steps.includes(step))
    stop()
    await down
    await office.server.start()
    const signed = await outcome
    if (!signed.ok) {
      // Only a number cannot be had without the server; the letter is as it was, so the person signs again.
      expect([step, codeOf(signed)]).toEqual(['number', 'number-needs-server'])
      accepted(
        await deputy.client.sign(await orderToSign(deputy.client, letterId, 'deputy', pinOf('teerawat'))),
      )
    }
    const story = ['drafted', 'proposed', 'number-bound', 'signed']
    expect([step, await eventsAt('somying', letterId, 4)]).toEqual([step, story])
    expect([step, await eventsAt('teerawat', letterId, 4)]).toEqual([step, story])
    expect(await deputy.client.outbox()).toEqual([])
    deputy.steps.length = 0
  }
  const numbers = await Promise.all(
    (await deputy.client.listLetters({ folder: 'signed', positionId: 'deputy' })).map(({ number }) => number),
  )
  expect(numbers.toSorted()).toEqual(steps.map((_, index) => `สปสช 5.30/${index + 1}`))
}, 300_000)

test('a server that dies between the two signatures lets the second follow the first', async () => {
  const author = await office.pc('somying')
  const letterId = await proposeMemo(author.client)
  const deputy = await office.pc('teerawat')
  const first = await orderToSign(deputy.client, letterId, 'deputy', pinOf('teerawat'))
  accepted(await deputy.client.sign(first))
  await office.server.kill()
  accepted(
    await deputy.client.forward({
      letterId,
      positionId: 'deputy',
      to: 'secretary-general',
      note: 'เพื่อโปรดลงนาม',
    }),
  )
  await office.server.start()
  const general = await office.pc('prawit')
  accepted(
    await general.client.sign(
      await orderToSign(general.client, letterId, 'secretary-general', pinOf('prawit')),
    ),
  )
  expect(await eventsAt('somying', letterId, 6)).toEqual([
    'drafted',
    'proposed',
    'number-bound',
    'signed',
    'forwarded',
    'signed',
  ])
}, 180_000)
