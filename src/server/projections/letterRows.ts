import type { Insertable } from 'kysely'
import { audienceOf } from '../../shared/domain/audience.ts'
import { type Letter, stageOf } from '../../shared/domain/letter.ts'
import type { Tables } from '../database/tables.ts'

/** The tables that are folded from letters' logs, and can be made again from them. */
type LetterProjection = 'letter' | 'letterFile' | 'registerEntry'

/** Every row that one letter has among the projections. */
export type LetterRows = { readonly [Table in LetterProjection]: readonly Insertable<Tables[Table]>[] }

/**
 * What the projections say about a letter. Pure, and the only place that knows: commands write these rows, a rebuild
 * writes them again, and a check compares them with what is stored.
 */
export function letterRows(letter: Letter): LetterRows {
  const { id, subject, addressee, number } = letter
  const files = [...new Set(letter.revisions.map(({ sha256 }) => sha256))]
  return {
    letter: [
      {
        id,
        version: letter.version,
        stage: stageOf(letter),
        subject,
        unitId: letter.unitId,
        registerId: letter.registerId,
        numberText: number?.text ?? null,
        numberDate: number?.date ?? null,
        changedAt: letter.changedAt,
        audience: audienceOf(letter),
        letter: JSON.stringify(letter),
      },
    ],
    letterFile: files.map((sha256) => ({ letterId: id, sha256 })),
    registerEntry: number ? [entryOf({ ...number, letterId: id, subject, addressee })] : [],
  }
}

const entryOf = ({
  text,
  ...entry
}: NonNullable<Letter['number']> & { letterId: string; subject: string; addressee: string }) => ({
  ...entry,
  number: text,
})

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
