import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Session } from '../../shared/contract/sync.ts'
import { accept, type Outcome, refuse } from '../../shared/outcome.ts'
import type { Tables } from '../database/tables.ts'

const ACCESS_SECONDS = 15 * 60
const REFRESH_DAYS = 30
/** How long a spent refresh token may be shown once more, by a device that the answer did not reach. */
const LOST_ANSWER_MS = 60_000
/** When tokens count as spent that nobody may show again. */
const LONG_AGO = new Date(0)

/** Who is calling, on which device, in which session. */
export interface Caller {
  readonly personId: string
  readonly deviceId: string
  readonly sessionId: string
}

/** A caller as found, with the version of the organisation at that moment (null while there is none). */
export interface FoundCaller extends Caller {
  readonly organisationVersion: number | null
}

/** Starts a session of a person on a device; refuses device-revoked. */
export async function startSession(
  database: Kysely<Tables>,
  personId: string,
  device: { readonly id: string; readonly name: string },
  now: Date,
): Promise<Outcome<Session>> {
  return database.transaction().execute(async (transaction) => {
    const known = await transaction
      .insertInto('device')
      .values({ ...device, personId, lastSignInAt: now, revokedAt: null })
      .onConflict((conflict) =>
        conflict.columns(['id', 'personId']).doUpdateSet({ name: device.name, lastSignInAt: now }),
      )
      .returning('revokedAt')
      .executeTakeFirstOrThrow()
    if (known.revokedAt) return refuse('device-revoked')
    const caller = { personId, deviceId: device.id, sessionId: randomUUID() }
    await transaction
      .insertInto('session')
      .values({ id: caller.sessionId, personId, deviceId: device.id, endedAt: null })
      .execute()
    return accept(await issueTokens(transaction, caller, now))
  })
}

/**
 * Exchanges a refresh token for new tokens. A token spent less than a minute ago is taken once more, since the answer
 * may have been lost on the way; whatever that answer held is good for nothing then. A token that comes back in any
 * other way has been copied by someone: its session ends. Refuses session-ended and device-revoked.
 */
export async function refreshSession(
  database: Kysely<Tables>,
  refreshToken: string,
  now: Date,
): Promise<Outcome<Session>> {
  return database.transaction().execute(async (transaction) => {
    const token = await transaction
      .selectFrom('sessionToken')
      .select(['sessionId', 'spentAt'])
      .where('hash', '=', tokenHash(refreshToken))
      .where('kind', '=', 'refresh')
      .where('expiresAt', '>', now)
      .forUpdate()
      .executeTakeFirst()
    if (!token) return refuse('session-ended')
    if (token.spentAt && now.getTime() - token.spentAt.getTime() > LOST_ANSWER_MS) {
      await endSession(transaction, token.sessionId, now)
      return refuse('session-ended')
    }
    const caller = await standing(transaction, token.sessionId)
    if (!caller.ok) return caller
    if (token.spentAt) await spendAllTokens(transaction, token.sessionId)
    else {
      await transaction
        .updateTable('sessionToken')
        .set({ spentAt: now })
        .where('hash', '=', tokenHash(refreshToken))
        .execute()
    }
    await transaction
      .deleteFrom('sessionToken')
      .where('sessionId', '=', token.sessionId)
      .where('expiresAt', '<', now)
      .execute()
    return accept(await issueTokens(transaction, caller.value, now))
  })
}

/** Makes every token of a session useless; a refresh token of it that is shown again betrays a copy. */
async function spendAllTokens(transaction: Transaction<Tables>, sessionId: string): Promise<void> {
  const tokens = transaction.updateTable('sessionToken').where('sessionId', '=', sessionId)
  await tokens.set({ spentAt: LONG_AGO }).where('kind', '=', 'refresh').execute()
  await tokens.set({ expiresAt: LONG_AGO }).where('kind', '=', 'access').execute()
}

/** Who holds an access token; refuses session-ended and device-revoked. */
export async function callerOf(
  database: Kysely<Tables>,
  accessToken: string,
  now: Date,
): Promise<Outcome<FoundCaller>> {
  const row = await sessions(database)
    .innerJoin('sessionToken', 'sessionToken.sessionId', 'session.id')
    .where('sessionToken.hash', '=', tokenHash(accessToken))
    .where('sessionToken.kind', '=', 'access')
    .where('sessionToken.expiresAt', '>', now)
    .executeTakeFirst()
  return callerIn(row)
}

/** The caller of a session that still stands; refuses session-ended and device-revoked. */
export async function standing(database: Kysely<Tables>, sessionId: string): Promise<Outcome<FoundCaller>> {
  return callerIn(await sessions(database).where('session.id', '=', sessionId).executeTakeFirst())
}

const sessions = (database: Kysely<Tables>) =>
  database
    .selectFrom('session')
    .innerJoin('device', (join) =>
      join.onRef('device.id', '=', 'session.deviceId').onRef('device.personId', '=', 'session.personId'),
    )
    .select([
      'session.id as sessionId',
      'session.personId',
      'session.deviceId',
      'session.endedAt',
      'device.revokedAt',
      // Asked along, so that a request costs one query less.
      database.selectFrom('organisation').select('version').as('organisationVersion'),
    ])

type SessionRow = FoundCaller & { endedAt: Date | null; revokedAt: Date | null }

function callerIn(row: SessionRow | undefined): Outcome<FoundCaller> {
  if (row?.revokedAt) return refuse('device-revoked')
  if (!row || row.endedAt) return refuse('session-ended')
  const { personId, deviceId, sessionId, organisationVersion } = row
  return accept({ personId, deviceId, sessionId, organisationVersion })
}

/** Ends a session: its tokens are good for nothing from now on. */
export async function endSession(database: Kysely<Tables>, sessionId: string, now: Date): Promise<void> {
  await database.updateTable('session').set({ endedAt: now }).where('id', '=', sessionId).execute()
}

/** Revokes a device for everyone who used it. */
export async function revokeDevice(database: Kysely<Tables>, deviceId: string, now: Date): Promise<void> {
  await database.updateTable('device').set({ revokedAt: now }).where('id', '=', deviceId).execute()
}

async function issueTokens(transaction: Transaction<Tables>, caller: Caller, now: Date): Promise<Session> {
  const accessToken = randomBytes(32).toString('base64url')
  const refreshToken = randomBytes(32).toString('base64url')
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  await transaction
    .insertInto('sessionToken')
    .values([
      {
        hash: tokenHash(accessToken),
        sessionId: caller.sessionId,
        kind: 'access',
        expiresAt: after(ACCESS_SECONDS),
        spentAt: null,
      },
      {
        hash: tokenHash(refreshToken),
        sessionId: caller.sessionId,
        kind: 'refresh',
        expiresAt: after(REFRESH_DAYS * 24 * 3600),
        spentAt: null,
      },
    ])
    .execute()
  return {
    personId: caller.personId,
    accessToken,
    refreshToken,
    expiresIn: ACCESS_SECONDS,
    serverTime: now.toISOString(),
  }
}

/** Tokens are 256 random bits, so a plain hash is enough to keep a stolen table useless. */
const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
