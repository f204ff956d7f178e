import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SAMPLE_PASSWORD, sampleOrganisation } from '../../src/server/sampleOrganisation.ts'
import type { RunningServer } from '../../src/server/start.ts'
import { numberCommand, proposedLetter } from '../support/server/letters.ts'
import { askSignIn, command, signInTo, type TestClient } from '../support/server/testClient.ts'
import {
  type ServerProcess,
  startServerProcess,
  startTestServer,
  temporaryFolder,
} from '../support/server/testServer.ts'

let server: RunningServer
let staff: TestClient
let deputy: TestClient

beforeAll(async () => {
  server = await startTestServer({ metricsPort: 0 })
  staff = await signInTo(server.url, 'somying')
  deputy = await signInTo(server.url, 'teerawat')
})
afterAll(() => server?.stop())

/** The samples by name and labels as they are told. */
async function samples(): Promise<Map<string, number>> {
  const text = await (await fetch(server.metricsUrl ?? '')).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

test('the measures tell what the server was asked and what came of it', async () => {
  const { letterId, file } = await proposedLetter(staff, 'deputy')
  await deputy.send(numberCommand(letterId, 'deputy'))
  await staff.send(numberCommand(letterId, 'deputy'))
  await askSignIn(server.url, 'somying', 'wrong')
  const stream = await staff.request('/events')
  const head = (await deputy.feed()).head
  const told = await samples()
  expect(told.get('saraban_commands_total{type="draft",outcome="accepted"}')).toBe(1)
  expect(told.get('saraban_commands_total{type="bind-number",outcome="accepted"}')).toBe(1)
  expect(told.get('saraban_commands_total{type="bind-number",outcome="position-not-held"}')).toBe(1)
  expect(told.get('saraban_sign_in_failures_total{code="sign-in-wrong"}')).toBe(1)
  expect(told.get('saraban_file_bytes_total{direction="in"}')).toBe(file.length)
  expect(told.get('saraban_feed_head')).toBe(head)
  expect(told.get('saraban_push_streams')).toBe(1)
  expect(told.get('saraban_command_queue_length')).toBe(0)
  expect(told.get('saraban_command_group_size_count')).toBeGreaterThanOrEqual(3)
  expect(
    told.get('saraban_http_request_duration_seconds_count{method="POST",route="/v1/commands",status="2xx"}'),
  ).toBe(3)
  expect(told.get('saraban_database_connections{state="waiting"}')).toBe(0)
  expect([...told.keys()].some((name) => name.startsWith('process_cpu_seconds_total'))).toBe(true)
  await stream.body?.cancel()
})

test('the measures are told on a port of their own, not where clients come in', async () => {
  expect(new URL(server.metricsUrl ?? '').hostname).toBe('127.0.0.1')
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  expect((await staff.request('/metrics')).status).toBe(404)
})

test('a server is ready while its database answers, and is alive even when that does not', async () => {
  expect(await (await fetch(`${server.url}/v1/ready`)).json()).toEqual({
    ready: true,
    database: true,
    disk: true,
  })
  expect((await fetch(`${server.url}/v1/health`)).status).toBe(200)
})

test('a busy server’s log tells each request, and nothing that people wrote or keep to themselves', async () => {
  const folder = await temporaryFolder()
  let running: ServerProcess | undefined
  try {
    running = await startServerProcess(['--data', folder.path, '--sample', '--log', 'info'], { quiet: true })
    const author = await signInTo(running.url, 'somying')
    const holder = await signInTo(running.url, 'teerawat')
    const subject = 'เรื่องลับที่ห้ามอยู่ในบันทึก'
    const { letterId } = await proposedLetter(author, 'deputy', subject)
    await holder.send(numberCommand(letterId, 'deputy'))
    const reason = 'เหตุผลที่ห้ามอยู่ในบันทึก'
    await holder.send(command(letterId, { type: 'return', reason }, 'deputy'))
    await author.feed(0)
    await askSignIn(running.url, 'somying', 'wrong-password-4711')
    await fetch(`${running.url}/v1/refresh`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken: author.session.refreshToken }),
    })
    await fetch(`${running.url}/v1/feed?after=0&token=query-4712`)
    await fetch(`${running.url}/v1/nowhere/path-4713?x=query-4714`)
    await running.stop()

    const log = running.said()
    const secrets = [
      ...[subject, reason, SAMPLE_PASSWORD, 'wrong-password-4711', 'query-4712', 'path-4713', 'query-4714'],
      ...[author, holder].flatMap(({ session }) => [session.accessToken, session.refreshToken]),
      ...sampleOrganisation.people.flatMap(({ name, email }) => [name, email]),
    ]
    for (const secret of secrets) expect(log).not.toContain(secret)

    const lines = log.split('\n').flatMap((line) => (line.startsWith('{"level"') ? [JSON.parse(line)] : []))
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'request',
        reqId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        method: 'POST',
        route: '/v1/commands',
        status: 200,
        person: 'teerawat',
        device: expect.any(String),
        ms: expect.any(Number),
        commands: [{ id: expect.any(String), type: 'bind-number', outcome: 'accepted' }],
      }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({ route: '/v1/sign-in', status: 401, code: 'sign-in-wrong' }),
    )
    expect(lines).toContainEqual(
      expect.objectContaining({ route: '/v1/feed', status: 401, code: 'session-ended' }),
    )
  } finally {
    await running?.kill()
    await folder.remove()
  }
})

test('a fault is logged by its place, without the message that could hold what people wrote', async () => {
  const said: string[] = []
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = ((chunk: string | Uint8Array) =>
    said.push(String(chunk)) > 0) as typeof process.stderr.write
  try {
    let hasStarted = false
    const broken = await startTestServer({ clock: () => (hasStarted ? brokenClock() : new Date()) })
    hasStarted = true
    const answer = await askSignIn(broken.url, 'somying', SAMPLE_PASSWORD, randomUUID())
    expect(answer.status).toBe(503)
    await broken.stop()
  } finally {
    process.stderr.write = write
  }
  expect(said.join('')).toContain('request failed')
  expect(said.join('')).not.toContain('ข้อความในความผิดพลาด')
})

function brokenClock(): Date {
  throw new Error('ข้อความในความผิดพลาด')
}
