import { createHash } from 'node:crypto'
import Database from 'better-sqlite3-multiple-ciphers'
import { v7 as uuid } from 'uuid'
import type { FileStore } from '../../../../src/main/client/files/fileStore.ts'
import { migrate } from '../../../../src/main/client/store/database.ts'
import type { StoreAnswer, StoreInput, StoreOperation } from '../../../../src/main/client/store/operations.ts'
import { type Performer, performer } from '../../../../src/main/client/store/performer.ts'
import type { Store } from '../../../../src/main/client/store/store.ts'
import type { ServerConnection } from '../../../../src/main/client/sync/connection.ts'
import { fetchFiles } from '../../../../src/main/client/sync/fetchFiles.ts'
import { pullFeed } from '../../../../src/main/client/sync/pullFeed.ts'
import { sendOutbox } from '../../../../src/main/client/sync/sendOutbox.ts'
import type { Command } from '../../../../src/shared/contract/letter.ts'
import type { Letter } from '../../../../src/shared/domain/letter.ts'
import { draftOf, organisation, PROPOSING, tried } from './office.ts'
import type { Crash, Meanwhile } from './schedule.ts'

/** A device with the client's real store and synchronising; its power may go at any use of the store. */
export interface Device {
  readonly personId: string
  /** Every command that the store has ever taken, and those that it gave back as never sent. */
  readonly asked: ReadonlyMap<string, Command>
  readonly withdrawn: ReadonlySet<string>
  /** Looks into the store, with nothing that can happen meanwhile. */
  look<Name extends StoreOperation>(name: Name, input?: StoreInput<Name>): StoreAnswer<Name>
  /** What it has as files. */
  file(sha256: string): Buffer | undefined
  letters(): Letter[]
  /** Commands in the outbox. */
  outboxIds(): ReadonlySet<string>
  /** How much of each letter's log is confirmed here. */
  versions(): ReadonlyMap<string, number>
  /** Drafts a letter and proposes it. */
  propose(): void
  act(kind: number, pick: number): void
  withdraw(): void
  /** Sends and pulls as the synchroniser does; true when all of it was done. */
  exchange(connection: ServerConnection, happening?: Happening): Promise<boolean>
  /** Loses all that is not in the store. */
  restart(): void
  moveClock(minutes: number): void
}

/** What happens to a device during an exchange. */
interface Happening {
  readonly crash: Crash | null
  readonly meanwhile: Meanwhile | null
}

class PowerLoss extends Error {}

const silent = () => undefined
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A database for a device; `emptied` ones serve one run after another. */
export function deviceDatabase(): Database {
  const database = new Database(':memory:')
  migrate(database)
  // A statement outlives a power loss here: compiling all of them again at each would take most of the time.
  const compiled = new Map<string, ReturnType<Database['prepare']>>()
  const compile = database.prepare.bind(database)
  database.prepare = ((sql: string) => {
    const statement = compiled.get(sql) ?? compile(sql)
    compiled.set(sql, statement)
    return statement
  }) as Database['prepare']
  return database
}

/** Takes every row out of a device's database. The search index is never written here, so it stays empty. */
export function emptied(database: Database): Database {
  for (const table of [
    'meta',
    'organisation',
    'event',
    'letter',
    'placement',
    'read_mark',
    'outbox',
    'file',
  ]) {
    database.exec(`DELETE FROM ${table}`)
  }
  database.exec('DELETE FROM search_queue')
  return database
}

export function device(database: Database, personId: string): Device {
  const asked = new Map<string, Command>()
  const withdrawn = new Set<string>()
  const bytesOf = new Map<string, Buffer>()
  let clock = Date.parse('2026-10-01T02:00:00Z')
  let drafts = 0
  let running: Performer = performer(database, personId, silent)
  const look = <Name extends StoreOperation>(name: Name, input?: StoreInput<Name>) =>
    running.perform(name, input) as StoreAnswer<Name>
  const restart = () => {
    running = performer(database, personId, silent)
  }
  look('keepOrganisation', organisation)

  const files = {
    keep: async (bytes: Uint8Array) => {
      const sha256 = sha256Of(bytes)
      bytesOf.set(sha256, Buffer.from(bytes))
      return sha256
    },
    size: async (sha256: string) => bytesOf.get(sha256)?.length,
    readPart: async (sha256: string, start: number, end: number) => bytesOf.get(sha256)?.subarray(start, end),
  } as unknown as FileStore

  const enqueue = (command: Command) => {
    if (look('enqueue', { command, evidence: null, file: null }).ok) asked.set(command.id, command)
  }
  const rows = <Row>(sql: string) => database.prepare(sql).all() as Row[]
  const letters = () =>
    rows<{ json: string }>('SELECT json FROM letter ORDER BY id').map(
      ({ json }) => JSON.parse(json) as Letter,
    )
  const tryOn = (letter: Letter | undefined, kind: number) => {
    const parts = letter && tried(personId, letter, kind)
    if (!letter || !parts) return
    clock += 60_000
    enqueue({ id: uuid(), letterId: letter.id, clientTime: new Date(clock).toISOString(), ...parts })
  }
  const draft = () => {
    drafts += 1
    const letterId = uuid()
    const bytes = Buffer.from(`เอกสาร ${letterId}`)
    const sha256 = sha256Of(bytes)
    bytesOf.set(sha256, bytes)
    look('keepFile', { sha256, bytes: bytes.length, name: 'ร่าง.pdf', pageCount: 1, signatures: 0 })
    enqueue(draftOf(letterId, `เรื่องที่ ${drafts}`, { sha256, bytes: bytes.length }))
  }

  const act = (kind: number, pick: number) => {
    const here = letters()
    const letter = here[pick % Math.max(1, here.length)]
    if (personId === 'somying' && (letter === undefined || kind % 7 === 6)) draft()
    else tryOn(letter, kind)
  }

  /** The store of one exchange. Once its power is gone nothing of that exchange reaches the database any more. */
  const losingPower = ({ crash, meanwhile }: Happening): Store => {
    let call = 0
    let gone = false
    const performed = async (name: StoreOperation, input: unknown) => {
      if (!gone && call === meanwhile?.call) act(meanwhile.kind, meanwhile.pick)
      const isDue = crash !== null && call === crash.call
      call += 1
      if (gone || (isDue && crash.when === 'before')) {
        gone = true
        throw new PowerLoss()
      }
      const answer = running.perform(name, input)
      if (!isDue) return answer
      gone = true
      throw new PowerLoss()
    }
    return { call: performed, close: async () => undefined } as unknown as Store
  }

  return {
    ...{ personId, asked, withdrawn, look, letters, restart, act },
    outboxIds: () => new Set(rows<{ id: string }>('SELECT id FROM outbox').map(({ id }) => id)),
    versions: () =>
      new Map(
        rows<{ id: string; version: number }>('SELECT id, confirmed_version AS version FROM letter').map(
          ({ id, version }) => [id, version],
        ),
      ),
    file: (sha256) => bytesOf.get(sha256),
    propose: () => {
      draft()
      tryOn(letters().at(-1), PROPOSING)
    },
    withdraw: () => {
      const [first] = look('outbox')
      if (first && look('withdraw', first.command.id)) withdrawn.add(first.command.id)
    },
    exchange: async (connection, happening = { crash: null, meanwhile: null }) => {
      const store = losingPower(happening)
      try {
        const sent = await sendOutbox({ connection, store, files, answered: silent })
        const pulling = { connection, store, changed: silent, organisationChanged: silent }
        const pulled = sent.ok ? await pullFeed({ ...pulling, mayRetract: async () => true }) : sent
        if (!pulled.ok) return false
        await fetchFiles({ connection, store, files, isStopped: () => false })
        return true
      } catch (error) {
        if (!(error instanceof PowerLoss)) throw error
        restart()
        return false
      }
    },
    moveClock: (minutes) => {
      clock += minutes * 60_000
    },
  }
}
