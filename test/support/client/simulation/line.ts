import type { z } from 'zod'
import type { ServerConnection } from '../../../../src/main/client/sync/connection.ts'
import { type CommandResult, commandsSchema } from '../../../../src/shared/contract/sync.ts'
import { accept, type Outcome, refuse } from '../../../../src/shared/outcome.ts'
import { organisation } from './office.ts'
import type { Fate } from './schedule.ts'
import type { SimulatedServer } from './server.ts'

/** The way between the devices and the server, on which requests meet their fates. */
export interface Line {
  /** A device's connection, whose next requests meet `fates` in turn and then nothing bad. */
  connect(personId: string, fates: readonly Fate[]): ServerConnection
  /** Hands over the requests that were on their way, the latest first. */
  deliverLate(): void
}

export function line(server: SimulatedServer): Line {
  let late: (() => unknown)[] = []

  /** Sends what `handle` does at the server to its fate. */
  const meet = (fate: Fate, handle: () => Response): Outcome<Response> => {
    switch (fate) {
      case 'unconnected':
        return refuse('server-unreachable', { connected: 'no' })
      case 'lost':
        return refuse('server-unreachable')
      case 'stopped':
        late = []
        return refuse('server-unreachable')
      case 'late':
        late.push(handle)
        return refuse('server-unreachable')
      case 'unanswered':
        handle()
        return refuse('server-unreachable')
      case 'twice':
        handle()
        return accept(handle())
      default:
        return accept(handle())
    }
  }

  return {
    connect: (personId, fates) => {
      const waiting = [...fates]
      const send = async (path: string, parts: Parameters<ServerConnection['send']>[1]) => {
        const fate = waiting.shift() ?? 'ok'
        const answered = meet(fate, () => answer(server, personId, path, parts))
        return fate === 'damaged' && answered.ok ? damaged(answered.value) : answered
      }
      const json = async <Schema extends z.ZodType>(path: string, schema: Schema, body?: unknown) => {
        const response = await send(path, body === undefined ? {} : { body: JSON.stringify(body) })
        if (!response.ok) return response
        const content = schema.safeParse(await response.value.json().catch(() => undefined))
        return content.success ? accept(content.data) : refuse('server-unreachable')
      }
      return { json, send } as unknown as ServerConnection
    },
    deliverLate: () => {
      const arriving = late.reverse()
      late = []
      for (const handle of arriving) handle()
    },
  }
}

/** The same answer with its body cut short, or of a file with a byte changed. */
async function damaged(response: Response): Promise<Outcome<Response>> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const isFile = response.headers.get('content-type') === 'application/pdf'
  if (isFile && bytes.length > 0) bytes[0] = ((bytes[0] ?? 0) + 1) % 256
  const { status, headers } = response
  return accept(new Response(isFile ? bytes : bytes.subarray(0, bytes.length >> 1), { status, headers }))
}

const organisationJson = JSON.stringify(organisation)

/** What the server's routes answer. */
function answer(
  server: SimulatedServer,
  personId: string,
  path: string,
  { method = 'GET', body }: Parameters<ServerConnection['send']>[1],
): Response {
  const url = new URL(path, 'http://server')
  const asked = (name: string) => url.searchParams.get(name)
  const sha256 = url.pathname.slice('/v1/files/'.length)
  switch (url.pathname) {
    case '/v1/organisation':
      return new Response(organisationJson)
    case '/v1/commands': {
      const { commands } = commandsSchema.parse(JSON.parse(String(body)))
      return Response.json({ results: server.handle(personId, commands) satisfies CommandResult[] })
    }
    case '/v1/feed':
      return Response.json(server.feed(personId, Number(asked('after'))))
    case '/v1/snapshot': {
      const page = server.snapshot(personId, asked('open') === 'true', asked('before'))
      const link = `<?open=false&before=${page.next}&limit=1>; rel="next"`
      return Response.json(page, page.next === null ? {} : { headers: { link } })
    }
    default:
      return method === 'GET' ? fileOf(server.file(sha256)) : receive(server, sha256, method, body)
  }
}

const fileOf = (file: Buffer | undefined): Response =>
  file === undefined
    ? Response.json({ code: 'file-missing' }, { status: 404 })
    : new Response(new Uint8Array(file), { headers: { 'content-type': 'application/pdf' } })

function receive(server: SimulatedServer, sha256: string, method: string, body: unknown): Response {
  if (server.file(sha256) !== undefined) return new Response(null, { status: method === 'PUT' ? 201 : 200 })
  if (method === 'HEAD') return new Response(null, { status: 404, headers: { 'upload-offset': '0' } })
  return server.receiveFile(sha256, Buffer.from(body as Uint8Array))
    ? new Response(null, { status: 201 })
    : Response.json({ code: 'file-hash-mismatch' }, { status: 422 })
}
