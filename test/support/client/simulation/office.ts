import { sampleOrganisation } from '../../../../src/server/sampleOrganisation.ts'
import type { Command, CommandBody } from '../../../../src/shared/contract/letter.ts'
import type { Organisation } from '../../../../src/shared/contract/organisation.ts'
import { type Letter, openLeg } from '../../../../src/shared/domain/letter.ts'
import { directoryOf } from '../../../../src/shared/domain/organisation.ts'
import { draftAndPropose } from '../feed.ts'

const STAFF: readonly string[] = ['somying', 'teerawat', 'kamonchanok']

/**
 * The part of the sample organisation that is needed here, so that thousands of runs are quick; with a register for
 * secret letters, and an author who is cleared for those that the deputy may not see.
 */
export const organisation: Organisation = {
  ...sampleOrganisation,
  people: sampleOrganisation.people
    .filter(({ id }) => STAFF.includes(id))
    .map((person) => (person.id === 'somying' ? { ...person, clearance: 'secret' } : person)),
  assignments: sampleOrganisation.assignments.filter(({ personId }) => STAFF.includes(personId)),
  ...{ duties: [], delegations: [], agencies: [], holidays: [], links: [] },
  registers: sampleOrganisation.registers
    .filter(({ id }) => id === 'send-fund')
    .flatMap((register) => [register, { ...register, id: 'secret-send-fund', secret: true }]),
}
export const directory = directoryOf(organisation)

/** Whose devices there are: the author's, and two of the deputy, who may act on both. */
export const PEOPLE = ['somying', 'teerawat', 'teerawat'] as const

/** What a person may try on a letter, whether or not it is allowed; undefined where it makes no sense. */
type Try = (letter: Letter) => { readonly body: CommandBody; readonly positionId: string | null } | undefined

const asAuthor = (body: CommandBody) => ({ body, positionId: null })
const asDeputy = (body: CommandBody) => ({ body, positionId: 'deputy' })

const byAuthor: readonly Try[] = [
  () => asAuthor({ type: 'propose', to: 'deputy', note: '' }),
  () => asAuthor({ type: 'note', text: 'ติดตามแล้ว' }),
  (letter) => {
    const leg = openLeg(letter)
    return leg && asAuthor({ type: 'recall', target: leg.id, reason: 'ขอแก้ไข' })
  },
  ({ secrecy, matter }) =>
    asAuthor({
      type: 'reclassify',
      secrecy: secrecy === 'none' ? 'confidential' : 'none',
      matter,
      reason: 'ทบทวนชั้นความลับ',
    }),
  () => asAuthor({ type: 'cancel', reason: 'ไม่ดำเนินการต่อ' }),
]
const byDeputy: readonly Try[] = [
  () => asDeputy({ type: 'return', reason: 'ขอให้แก้ไข' }),
  () => asDeputy({ type: 'take-up' }),
  () => asDeputy({ type: 'bind-number' }),
  () => asDeputy({ type: 'note', text: 'รับทราบ' }),
]

/** The `kind` by which an author proposes. */
export const PROPOSING = 0

/** The parts of a command that a person tries on `letter`; `kind` chooses among what there is to try. */
export const tried = (personId: string, letter: Letter, kind: number): ReturnType<Try> => {
  const tries = personId === 'somying' ? byAuthor : byDeputy
  return tries[kind % tries.length]?.(letter)
}

/** A draft of the author about a file. */
export function draftOf(letterId: string, subject: string, file: { sha256: string; bytes: number }): Command {
  const { draft } = draftAndPropose(letterId, subject)
  if (draft.body.type !== 'draft') throw new Error('a draft is drafted')
  return { ...draft, body: { ...draft.body, revision: { ...file, extends: null } } }
}
