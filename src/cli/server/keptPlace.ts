import { homedir } from 'node:os'
import { join } from 'node:path'
import { type KeptPlace, type KeptServer, openKept } from '../../server/keeping/openKept.ts'
import { accept, type Outcome } from '../../shared/outcome.ts'
import { readFlags, usage } from '../flags.ts'

/** The flags that say whose data is kept. */
export const placeFlags = { data: { type: 'string' }, json: { type: 'boolean' } } as const

/** The values of a command's flags, which takes nothing besides. Refuses usage. */
export function readOnlyFlags<const Known extends Parameters<typeof readFlags>[1]>(
  argv: string[],
  options: Known,
) {
  const read = readFlags(argv, options)
  if (!read.ok) return read
  const [stray] = read.value.positionals
  return stray === undefined ? accept(read.value.values) : usage(stray)
}

/** Where a server keeps its data: `--data` or the usual folder, and the PostgreSQL that DATABASE_URL names. */
export const placeOf = (data: string | undefined): KeptPlace => ({
  dataFolder: data ?? join(homedir(), '.saraban-server'),
  databaseUrl: process.env.DATABASE_URL || undefined,
})

/** Does `work` with an open server and closes it again. Refuses usage for a database that does not answer. */
export async function withKept<Value>(
  place: KeptPlace,
  work: (kept: KeptServer) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  const opened = await reached(() => openKept(place))
  if (!opened.ok) return opened
  try {
    return await work(opened.value)
  } finally {
    await opened.value.close()
  }
}

/** What `open` gives; refuses usage when DATABASE_URL names a database that does not answer. */
export async function reached<Value>(open: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  try {
    return await open()
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === 'connect' || syscall === 'getaddrinfo') return usage(`DATABASE_URL: ${code}`)
    throw error
  }
}
