import { createContext, useContext } from 'react'
import type { Account } from '../../shared/contract/views.ts'

export const AccountContext = createContext<Account | null>(null)

/** The person who is signed in. Only inside the shell. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('no account outside the shell')
  return account
}

const TITLES = /^(นายแพทย์|แพทย์หญิง|เภสัชกรหญิง|เภสัชกร|นางสาว|นาย|นาง|ดร\.)\s*/

/** The first consonant of a given name, for the round mark: นางสาวกมลชนก → ก, นายเพชร → พ. */
export function initialOf(name: string): string {
  const given = name.replace(TITLES, '')
  return /[ก-ฮA-Za-z]/.exec(given)?.[0] ?? given.slice(0, 1)
}
