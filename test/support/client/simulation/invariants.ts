import { createHash } from 'node:crypto'
import { foldView } from '../../../../src/main/client/store/localView.ts'
import type { Device } from './device.ts'
import { directory } from './office.ts'
import type { SimulatedServer } from './server.ts'

/**
 * What is wrong now, at any moment: nothing that was asked for is lost, cursor and data agree, files are what they say,
 * and what waits is shown on top of what is confirmed.
 */
export const faultsNow = (server: SimulatedServer, device: Device): string[] => [
  ...lostWork(server, device),
  ...behindCursor(server, device),
  ...wrongFiles(device),
  ...staleViews(device),
]

function lostWork(server: SimulatedServer, { asked, withdrawn, outboxIds }: Device): string[] {
  const waiting = outboxIds()
  const isAccepted = (id: string) => server.answers.get(id)?.result.outcome === 'accepted'
  return [...asked.keys()]
    .filter((id) => !waiting.has(id) && !withdrawn.has(id) && !isAccepted(id))
    .map((id) => `${id} was asked for and is nowhere`)
}

function behindCursor(server: SimulatedServer, { personId, look, versions: versionsOf }: Device): string[] {
  if (look('snapshotPlace') !== null) return []
  const cursor = look('cursor')
  const here = versionsOf()
  const told = new Map<string, number>()
  for (const { seq, row } of server.entriesFor(personId)) {
    if (seq > cursor) break
    told.set(row.letterId, row.kind === 'events' ? (row.toVersion ?? 0) : 0)
  }
  const permitted = new Set(server.permitted(personId).map(({ id }) => id))
  const faults = cursor > server.head() ? ['its cursor is beyond the feed'] : []
  for (const [letterId, version] of told) {
    if (!permitted.has(letterId)) continue
    const has = here.get(letterId) ?? 0
    if (has < version) faults.push(`${letterId} is at ${has} though its cursor has passed ${version}`)
  }
  return faults
}

function wrongFiles({ letters, look, file }: Device): string[] {
  const named = letters().flatMap(({ revisions }) => revisions.map(({ sha256 }) => sha256))
  return named
    .filter((sha256) => look('file', sha256) !== null)
    .filter(
      (sha256) =>
        createHash('sha256')
          .update(file(sha256) ?? '')
          .digest('hex') !== sha256,
    )
    .map((sha256) => `file ${sha256} is shown and is another`)
}

function staleViews({ personId, look }: Device): string[] {
  const waiting = look('outbox').filter(({ state }) => state !== 'refused')
  const byLetter = Map.groupBy(waiting, ({ command }) => command.letterId)
  return [...byLetter].flatMap(([letterId, entries]) => {
    const stored = look('letter', letterId)
    const pending = entries.map(({ command }) => ({ command, evidence: null }))
    const view = foldView(stored?.events ?? [], pending, { personId, directory })
    return isSame(view, stored?.letter) ? [] : [`${letterId} is not shown as its log and what waits make it`]
  })
}

/** What is wrong when all is said and heard: each command counted once, and every view is the server's. */
export function faultsInTheEnd(server: SimulatedServer, devices: readonly Device[]): string[] {
  return [
    ...doubles(server),
    ...devices.flatMap((device, index) => [
      ...faultsNow(server, device).map((fault) => `device ${index}: ${fault}`),
      ...unsettled(server, device).map((fault) => `device ${index}: ${fault}`),
      ...otherViews(server, device).map((fault) => `device ${index}: ${fault}`),
    ]),
  ]
}

/** Commands whose events are not exactly those that the server answered. */
function doubles({ logs, answers }: SimulatedServer): string[] {
  const events = [...logs.values()].flat()
  const counts = new Map<string, number>()
  for (const { commandId } of events) counts.set(commandId, (counts.get(commandId) ?? 0) + 1)
  return [...counts].flatMap(([id, count]) => {
    const result = answers.get(id)?.result
    return result?.outcome === 'accepted' && result.events.length === count
      ? []
      : [`${id} has ${count} events that its answer does not have`]
  })
}

function unsettled({ logs }: SimulatedServer, { withdrawn, look }: Device): string[] {
  const waiting = look('outbox').filter(({ state }) => state !== 'refused')
  const heard = new Set([...logs.values()].flat().map(({ commandId }) => commandId))
  return [
    ...waiting.map(({ command }) => `${command.id} was never settled`),
    ...[...withdrawn].filter((id) => heard.has(id)).map((id) => `${id} was taken back and carried out`),
  ]
}

function otherViews(server: SimulatedServer, { personId, letters, look }: Device): string[] {
  const permitted = server.permitted(personId)
  const here = new Map(letters().map((letter) => [letter.id, letter]))
  const faults = permitted.flatMap((letter) =>
    isSame(here.get(letter.id), letter) ? [] : [`${letter.id} looks another way than at the server`],
  )
  const ids = new Set(permitted.map(({ id }) => id))
  for (const id of here.keys()) if (!ids.has(id)) faults.push(`${id} is shown and not permitted`)
  const trays = look('counts').filter(({ tray }) => tray === 'deputy')
  const listed = trays.reduce((sum, { count }) => sum + count, 0)
  const withDeputy = permitted.filter(({ legs }) => legs.some(({ to }) => to === 'deputy')).length
  if (listed !== withDeputy)
    faults.push(`${listed} letters are listed in the deputy's tray, not ${withDeputy}`)
  return faults
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** A value with its members in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
