import { randomUUID } from 'node:crypto'
import { startSession } from '../../../../src/server/accounts/sessions.ts'
import { connect } from '../../../../src/server/database/connect.ts'
import { type Caller, callerWith } from './caller.ts'

/**
 * Opens a session, each on a device of its own, for each of `people` in the server's database; their passwords are
 * not asked for, since hashing hundreds of them would take longer than what is measured.
 */
export async function openSessions(
  url: string,
  databaseUrl: string,
  people: readonly string[],
): Promise<Caller[]> {
  const database = connect(databaseUrl, () => undefined)
  try {
    const callers: Caller[] = []
    for (const personId of people) {
      const device = { id: randomUUID(), name: 'เครื่องวัดความเร็ว' }
      const session = await startSession(database.kysely, personId, device, new Date())
      if (!session.ok) throw new Error(session.refusal.code)
      callers.push(callerWith(url, personId, session.value.accessToken))
    }
    return callers
  } finally {
    await database.end()
  }
}
