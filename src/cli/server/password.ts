import { createInterface } from 'node:readline'
import { setPassword } from '../../server/accounts/setPassword.ts'
import { accept, type Outcome } from '../../shared/outcome.ts'
import { readFlags, usage, wantsJson } from '../flags.ts'
import { tellRefusal } from '../tell.ts'
import { placeFlags, placeOf, withKept } from './keptPlace.ts'

/**
 * `saraban server password PERSON [--password-env NAME] [--data DIR] [--json]`: gives a person an account or another
 * password, which comes from the variable or from the first line of standard input. Sessions begun with the old one
 * end. Exits 0, or 2 on a refusal.
 */
export async function password(argv: string[]): Promise<number> {
  const json = wantsJson(argv)
  const set = await change(argv)
  if (!set.ok) return tellRefusal(set.refusal, json, 2)
  console.log(
    json
      ? JSON.stringify({ person: set.value })
      : `✓ ตั้งรหัสผ่านของ ${set.value} แล้ว · The password of ${set.value} is set`,
  )
  return 0
}

const flags = { ...placeFlags, 'password-env': { type: 'string' } } as const

async function change(argv: string[]): Promise<Outcome<string>> {
  const read = readFlags(argv, flags)
  if (!read.ok) return read
  const { data, 'password-env': name } = read.value.values
  const [person, stray] = read.value.positionals
  if (person === undefined || stray !== undefined) return usage(stray ?? 'PERSON')
  const typed = name === undefined ? await firstLine() : process.env[name]
  if (typed === undefined) return usage(name === undefined ? '--password-env NAME' : `--password-env ${name}`)
  const set = await withKept(placeOf(data), ({ database }) =>
    setPassword(database, person, typed, new Date()),
  )
  return set.ok ? accept(person) : set
}

/** Undefined at a terminal, where what is typed would be seen. */
async function firstLine(): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined
  for await (const line of createInterface({ input: process.stdin })) return line
  return undefined
}
