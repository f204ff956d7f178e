import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../../../src/main/client/client.ts'
import type { SigningStep } from '../../../src/shared/contract/views.ts'
import type { TestTokens } from '../pki/tokens.ts'
import { type SampleSigner, type SampleTokens, sampleSigners, sampleTokens } from '../sample/tokens.ts'
import { type NodeProcesses, nodeProcesses } from './nodeProcesses.ts'
import { type OfficeServer, startOfficeServer } from './officeServer.ts'
import { accepted, eventually, signInAs, startClient } from './testClient.ts'

/** A PC with one person at it. */
interface Pc {
  readonly client: Client
  readonly processes: NodeProcesses
  /** Steps of signing, as they were told. */
  readonly steps: SigningStep[]
}

/** What differs from the person's own PC, with their token, on the server's network. */
interface UnusualPc {
  readonly name?: string
  /** Whose token is plugged in. */
  readonly tokenOf?: string
  /** Other tokens that are plugged in instead. */
  readonly tokens?: TestTokens
  readonly serverUrl?: string
}

/** A real server with the sample organisation, tokens that it trusts, and PCs that are started as tests need them. */
export interface SigningOffice {
  readonly server: OfficeServer
  readonly tokens: SampleTokens
  readonly directory: string
  /** The PC of a person, with its client running and the person signed in; each name is a PC of its own. */
  pc(person: string, unusual?: UnusualPc): Promise<Pc>
  /** Ends the client of a PC; its store stays for the next `pc` of that name. */
  shut(name: string): Promise<void>
  close(): Promise<void>
}

/** The token folder of a person who has a token; others see an empty machine. */
const environmentOf = (person: string, tokens: SampleTokens): Record<string, string> =>
  person in tokens.tokens ? tokens.tokens[person as SampleSigner].env : { SOFTHSM2_CONF: '/nonexistent' }

export async function openOffice(): Promise<SigningOffice> {
  const directory = await mkdtemp(join(tmpdir(), 'office-'))
  const tokens = sampleTokens(directory)
  const server = await startOfficeServer(join(directory, 'server'), tokens.rootPem)
  const pcs = new Map<string, Pc>()
  return {
    server,
    tokens,
    directory,
    pc: async (person, { name = person, tokenOf = person, tokens: others, serverUrl = server.url } = {}) => {
      const open = pcs.get(name)
      if (open !== undefined) return open
      const processes = nodeProcesses(others?.env ?? environmentOf(tokenOf, tokens))
      const client = startClient({ directory: join(directory, name), serverUrl, processes })
      const steps: SigningStep[] = []
      client.on('signing.progress', ({ step }) => steps.push(step))
      const pc = { client, processes, steps }
      await signInAs(client, person)
      pcs.set(name, pc)
      return pc
    },
    shut: async (name) => {
      const open = pcs.get(name)
      pcs.delete(name)
      await open?.client.close()
    },
    close: async () => {
      for (const { client } of pcs.values()) await client.close()
      await server.kill()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The PIN of a person's token. */
export const pinOf = (person: string): string =>
  sampleSigners.find(({ personId }) => personId === person)!.pin

/** Waits until the letter with its current file is on a PC, then returns what the sign dialog would ask with. */
export async function orderToSign(client: Client, letterId: string, positionId: string, pin: string) {
  await eventually('the letter with its file', async () => {
    const got = await client.getLetter({ letterId })
    return got.ok && got.value.fileHere && got.value.may.sign === positionId
  })
  const [token] = accepted(await client.tokens())
  const plan = accepted(await client.plan({ letterId, positionId }))
  return {
    letterId,
    positionId,
    tokenSerial: token!.serial,
    certificateId: token!.certificates[0]?.id,
    pin,
    sha256: plan.sha256,
    block: null,
  }
}
