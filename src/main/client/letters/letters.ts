import { v7 as uuid } from 'uuid'
import type { IpcInput } from '../../../shared/contract/ipc.ts'
import type { CommandBody } from '../../../shared/contract/letter.ts'
import type { LetterDetail, LetterRow, Tray, WaitingCommand } from '../../../shared/contract/views.ts'
import { ordinaryFacts } from '../../../shared/domain/asked.ts'
import { formulaFor } from '../../../shared/domain/formulas.ts'
import { hasClosing, usualForm } from '../../../shared/domain/kinds.ts'
import { currentRevision } from '../../../shared/domain/letter.ts'
import { sendRegisterFor } from '../../../shared/domain/registers.ts'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'
import { refusingDiskFaults } from '../diskFaults.ts'
import type { SignedInAccount } from '../session/signedInAccount.ts'
import { OWN_TRAY } from '../store/placement.ts'
import { detailOf, waitingCommand } from './detail.ts'
import { rowOf, traysOf } from './trays.ts'

/** A letter's file, to be saved elsewhere. */
export interface FileCopy {
  readonly name: string
  readonly bytes: Uint8Array
}

export async function trays(account: SignedInAccount): Promise<Tray[]> {
  return traysOf(account.personId, account.directory(), await account.store.call('counts'))
}

export async function listLetters(
  { folder, positionId }: IpcInput<'letters.list'>,
  account: SignedInAccount,
): Promise<LetterRow[]> {
  const listed = await account.store.call('letters', { tray: positionId ?? OWN_TRAY, folder })
  const directory = account.directory()
  return listed.map((letter) => rowOf(letter, directory))
}

/** One letter for the reader, which marks it read. Refuses letter-unknown. */
export async function getLetter(letterId: string, account: SignedInAccount): Promise<Outcome<LetterDetail>> {
  const stored = await account.store.call('letter', letterId)
  if (stored === null) return refuse('letter-unknown')
  // On a disk that takes nothing the letter can be read all the same; it stays marked unread.
  await refusingDiskFaults(async () => accept(await account.store.call('markRead', letterId)))
  return accept(detailOf(stored, account.personId, account.directory()))
}

/** Makes a letter of an imported file. Refuses file-missing, unit-not-own and file-too-large. */
export async function draftLetter(
  input: IpcInput<'letters.draft'>,
  account: SignedInAccount,
): Promise<Outcome<{ letterId: string }>> {
  const file = await account.store.call('file', input.fileSha256)
  if (file === null || !(await account.files.has(file.sha256))) return refuse('file-missing')
  const directory = account.directory()
  const unitId = directory.person(account.personId)?.unitId
  if (unitId === undefined) return refuse('unit-not-own')
  const { fileSha256: _, ...typed } = input
  const facts = {
    ...ordinaryFacts,
    ...typed,
    form: usualForm(typed.kind),
    ...(hasClosing(typed.kind) && formulaFor(typed.addressee, directory.organisation.policy)),
  }
  const register = sendRegisterFor(facts, unitId, directory)
  if (register === undefined) return refuse('register-unfit', { register: '-', fitting: '-' })
  const body: CommandBody = {
    type: 'draft',
    ...facts,
    unitId,
    registerId: register.id,
    fileName: file.name,
    pageCount: file.pageCount,
    revision: { sha256: file.sha256, bytes: file.bytes, extends: null },
  }
  const letterId = uuid()
  const kept = await send(account, letterId, null, body)
  return kept.ok ? accept({ letterId }) : kept
}

export const proposeLetter = (
  { letterId, to, note }: IpcInput<'letters.propose'>,
  account: SignedInAccount,
): Promise<Outcome<null>> => send(account, letterId, null, { type: 'propose', to, note })

export const returnLetter = (
  { letterId, positionId, reason }: IpcInput<'letters.return'>,
  account: SignedInAccount,
): Promise<Outcome<null>> => send(account, letterId, positionId, { type: 'return', reason })

export const forwardLetter = (
  { letterId, positionId, to, note }: IpcInput<'letters.forward'>,
  account: SignedInAccount,
): Promise<Outcome<null>> => send(account, letterId, positionId, { type: 'forward', to, note })

/** The current file of a letter. Refuses letter-unknown and file-missing. */
export async function copyOfLetter(letterId: string, account: SignedInAccount): Promise<Outcome<FileCopy>> {
  const stored = await account.store.call('letter', letterId)
  if (stored === null) return refuse('letter-unknown')
  const revision = currentRevision(stored.letter)
  const bytes = revision && (await account.readFile(revision.sha256))
  const { fileName } = stored.letter
  const name = /\.pdf$/i.test(fileName) ? fileName : `${fileName}.pdf`
  return bytes === undefined ? refuse('file-missing') : accept({ name, bytes })
}

/** What the server has not accepted, in order. */
export async function outbox(account: SignedInAccount): Promise<WaitingCommand[]> {
  return (await account.store.call('outbox')).map(waitingCommand)
}

/** Keeps a command, and lets it go to the server without waiting for that. */
async function send(
  account: SignedInAccount,
  letterId: string,
  positionId: string | null,
  body: CommandBody,
) {
  const kept = await account.enqueue(account.command(letterId, positionId, body), null, null)
  if (kept.ok) void account.synchroniser.now()
  return kept
}
