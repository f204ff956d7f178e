import { v7 as uuid } from 'uuid'
import type { Command, CommandBody, Signer } from '../../../shared/contract/letter.ts'
import type { LetterDetail } from '../../../shared/contract/views.ts'
import { decide } from '../../../shared/domain/decide.ts'
import { currentRevision, type Letter } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import { accept } from '../../../shared/outcome.ts'
import { letterDate } from '../../../shared/thai/dates.ts'
import { numberWithLabel } from '../../../shared/thai/letterNumber.ts'

/**
 * What a person may do with a letter now, found by trying each command on the letter's own rules: the buttons can
 * never say other than the rules do.
 */
export function mayOf(letter: Letter, personId: string, directory: Directory): LetterDetail['may'] {
  const now = new Date().toISOString()
  const held = directory.actsFor(personId, now).map(({ id }) => id)
  const served = directory.served(personId, now).map(({ id }) => id)
  const email = directory.person(personId)?.email ?? null

  const allowed = (body: CommandBody, positionId: string | null) => {
    const command: Command = { id: uuid(), letterId: letter.id, positionId, clientTime: now, body }
    const signer: Signer = { commonName: '', email, serial: '', fingerprint: '' }
    const numberText = letter.number && numberWithLabel(letter.number.text)
    const dateText = letter.number && letterDate(letter.number.date)
    const evidence = accept({ signer, numberText, dateText })
    return decide(letter, command, { directory, actor: personId, now, numbers: { nextSerial: 1 }, evidence })
      .ok
  }
  const someone = (except: string | null) =>
    directory.organisation.positions.find(({ id }) => id !== except && directory.holder(id, now))?.id ?? ''
  const trial: CommandBody =
    letter.number === null
      ? { type: 'bind-number' }
      : { type: 'sign', revision: { sha256: '', bytes: 1, extends: currentRevision(letter)?.sha256 ?? null } }

  return {
    propose: allowed({ type: 'propose', to: someone(null), note: '' }, null),
    sign: held.find((id) => allowed(trial, id)) ?? null,
    return: [...held, ...served].find((id) => allowed({ type: 'return', reason: '-' }, id)) ?? null,
    forward: held.find((id) => allowed({ type: 'forward', to: someone(id), note: '' }, id)) ?? null,
  }
}
