import type { Insertable } from 'kysely'
import { audienceOf } from '../../shared/domain/audience.ts'
import { type Letter, senderOf, stageOf } from '../../shared/domain/letter.ts'
import { secrecyLevel } from '../../shared/domain/secrecy.ts'
import type { Tables } from '../database/tables.ts'
import { senderKey } from './senderKey.ts'

/** The tables that are folded from letters' logs, and can be made again from them. */
type LetterProjection = 'letter' | 'letterFile' | 'registerEntry'

/** Every row that one letter has among the projections. */
export type LetterRows = { readonly [Table in LetterProjection]: readonly Insertable<Tables[Table]>[] }

/**
 * What the projections say about a letter. Pure, and the only place that knows: commands write these rows, a rebuild
 * writes them again, and a check compares them with what is stored.
 */
export function letterRows(letter: Letter): LetterRows {
  const { id, number } = letter
  return {
    letter: [
      {
        id,
        version: letter.version,
        stage: stageOf(letter),
        subject: letter.subject,
        unitId: letter.unitId,
        registerId: letter.registerId,
        numberText: number?.text ?? null,
        numberDate: number?.date ?? null,
        changedAt: letter.changedAt,
        audience: audienceOf(letter),
        letter: JSON.stringify(letter),
      },
    ],
    letterFile: filesOf(letter).map((sha256) => ({ letterId: id, sha256 })),
    registerEntry: entriesOf(letter),
  }
}

/** The files that belong to a letter: revisions and enclosures; none of what was destroyed or handed away. */
function filesOf(letter: Letter): string[] {
  if (letter.gone) return []
  const enclosures = letter.enclosures.flatMap(({ file }) => (file ? [file.sha256] : []))
  return [...new Set([...letter.revisions.map(({ sha256 }) => sha256), ...enclosures])]
}

/** A letter's rows in the registers: its own number, the numbers that were cancelled, the number of receipt. */
function entriesOf(letter: Letter): Insertable<Tables['registerEntry']>[] {
  const { id, subject, addressee, secrecy } = letter
  const sender = senderOf(letter)
  const facts = {
    letterId: id,
    subject,
    addressee,
    secrecy: secrecyLevel(secrecy),
    sender: sender?.from ?? '',
    senderNumber: sender?.number ?? '',
    senderDate: sender?.date ?? null,
    // Only what an older system's register had is written there.
    ...{ practice: '', remarks: '' },
  }
  const entry = ({ text, registerId, buddhistYear, serial, date }: NonNullable<Letter['number']>) => ({
    ...facts,
    ...{ registerId, buddhistYear, serial, date, number: text },
    ...{ state: 'issued' as const, reason: '', senderKey: null },
  })
  const { number, receipt, cancelledNumbers } = letter
  return [
    ...(number ? [entry(number)] : []),
    ...cancelledNumbers.map((one) => ({ ...entry(one), state: 'cancelled' as const, reason: one.reason })),
    ...(receipt ? [{ ...entry(receipt), senderKey: sender ? senderKey(sender) : null }] : []),
  ]
}

/** The last serial of each register and year, as the register's entries tell it. */
export function countersOf(
  entries: readonly Pick<Insertable<Tables['registerEntry']>, 'registerId' | 'buddhistYear' | 'serial'>[],
): Insertable<Tables['registerCounter']>[] {
  const last = new Map<string, Insertable<Tables['registerCounter']>>()
  for (const { registerId, buddhistYear, serial } of entries) {
    const key = `${buddhistYear} ${registerId}`
    const lastSerial = Math.max(serial, last.get(key)?.lastSerial ?? 0)
    last.set(key, { registerId, buddhistYear, lastSerial })
  }
  return [...last.values()]
}
