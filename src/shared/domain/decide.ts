import type { Command, CommandBody, EventBody, ServerCommand, Signer } from '../contract/letter.ts'
import { accept, type Outcome, refuse } from '../outcome.ts'
import { bangkokDay, bangkokTime, buddhistYear, listDate } from '../thai/dates.ts'
import { letterNumber, writesDate, writesNumber } from '../thai/letterNumber.ts'
import { currentRevision, type Letter, openLeg, stageOf } from './letter.ts'
import type { Directory } from './organisation.ts'

/** What a checked file says about the revision that a `sign` command brings. */
export interface RevisionEvidence {
  readonly signer: Signer
  /** Texts of the marks named `number` and `date`, as they stand in the file. */
  readonly numberText: string | null
  readonly dateText: string | null
}

/** What a decision may depend on besides the letter and the command. All of it is data, so deciding is pure. */
export interface DecisionContext {
  readonly directory: Directory
  /** The person who is signed in. */
  readonly actor: string
  /** The moment of deciding, ISO instant; the server's clock on the server. */
  readonly now: string
  /** The next serial of the letter's register, where numbers are issued (the server, its row locked). */
  readonly nextSerial?: number
  /** The checked file of a `sign` command. */
  readonly evidence?: Outcome<RevisionEvidence>
}

/** An event as decided, before the log gives it a version, times and a hash. */
export interface DecidedEvent {
  readonly body: EventBody
  /** The position acted for, and the holder for whom a secretary acted. */
  readonly positionId: string | null
  readonly onBehalfOf: string | null
}

/** The counter that a command needs, or undefined. The caller locks it and passes `nextSerial`. */
export function numberNeeded(
  letter: Letter | undefined,
  command: Command | ServerCommand,
  now: string,
): { registerId: string; buddhistYear: number } | undefined {
  if (command.body.type !== 'bind-number' || letter === undefined || letter.number !== null) return undefined
  return { registerId: letter.registerId, buddhistYear: buddhistYear(bangkokDay(now)) }
}

/** Decides what a command does to a letter: events, or a refusal that leaves the letter as it is. */
export function decide(
  letter: Letter | undefined,
  command: Command | ServerCommand,
  context: DecisionContext,
): Outcome<DecidedEvent[]> {
  if (isServerCommand(command)) return letter ? augment(letter, command.body) : refuse('letter-unknown')
  const { body } = command
  if (body.type === 'draft') return letter === undefined ? draft(body, context) : refuse('letter-exists')
  if (letter === undefined) return refuse('letter-unknown')
  switch (body.type) {
    case 'propose':
      return propose(letter, command, body, context)
    case 'bind-number':
      return bindNumber(letter, command, context)
    case 'sign':
      return sign(letter, command, body, context)
    case 'return':
      return returnLetter(letter, command, body, context)
    case 'forward':
      return forward(letter, command, body, context)
  }
}

/** Whether the server asks this of itself. */
export const isServerCommand = (command: Command | ServerCommand): command is ServerCommand =>
  command.body.type === 'augment'

const one = (body: EventBody, positionId: string | null, onBehalfOf: string | null = null) =>
  accept([{ body, positionId, onBehalfOf }])

function draft(body: Extract<CommandBody, { type: 'draft' }>, { directory, actor }: DecisionContext) {
  const person = directory.person(actor)
  const register = directory.register(body.registerId)
  if (person?.unitId !== body.unitId || register?.unitId !== body.unitId) return refuse('unit-not-own')
  if (body.revision.bytes > directory.organisation.policy.maximumFileBytes) {
    return refuse('file-too-large', megabytes(body.revision.bytes, directory))
  }
  const { type: _, ...facts } = body
  return one({ type: 'drafted', ...facts }, null)
}

/** Proposing (เสนอพิจารณา): the author sends to one executive; the secretary sees the letter too. */
function propose(
  letter: Letter,
  command: Command,
  body: Extract<CommandBody, { type: 'propose' }>,
  context: DecisionContext,
) {
  if (letter.authorId !== context.actor || openLeg(letter)) return refuse('letter-elsewhere')
  const leg = legTo(body.to, null, body.note, command, context)
  return leg.ok ? one({ type: 'proposed', leg: leg.value }, null) : leg
}

/** Binding the number (ออกเลข) needs the server; a letter keeps its number whatever happens after. */
function bindNumber(letter: Letter, command: Command, context: DecisionContext) {
  const { directory, now, nextSerial } = context
  const holder = actingHolder(letter, command, context)
  if (!holder.ok) return holder
  if (letter.number) return refuse('number-bound-already', { number: letter.number.text })
  if (nextSerial === undefined) return refuse('number-needs-server')
  const register = directory.register(letter.registerId)
  const unit = directory.unit(letter.unitId)
  if (!register || !unit) throw new Error(`letter ${letter.id} has an unknown register or unit`)
  const date = bangkokDay(now)
  return one(
    {
      type: 'number-bound',
      registerId: register.id,
      buddhistYear: buddhistYear(date),
      serial: nextSerial,
      text: letterNumber(register, unit, nextSerial),
      date,
    },
    holder.value,
  )
}

/** Signing (ลงนาม): only the holder, only on the current revision, only with the number and date that were bound. */
function sign(
  letter: Letter,
  command: Command,
  body: Extract<CommandBody, { type: 'sign' }>,
  context: DecisionContext,
) {
  const { directory, actor, evidence } = context
  const last = letter.signatures[letter.signatures.length - 1]
  if (last && body.revision.extends !== currentRevision(letter).sha256) {
    return refuse('letter-signed-already', {
      who: directory.person(last.personId)?.name ?? last.personId,
      when: `${listDate(bangkokDay(last.signedAt))} ${bangkokTime(last.signedAt)}`,
    })
  }
  const holder = actingHolder(letter, command, context)
  if (!holder.ok) return holder
  if (!letter.number) return refuse('number-missing')
  if (body.revision.extends !== currentRevision(letter).sha256) return refuse('revision-not-current')
  if (evidence === undefined) throw new Error('a sign command is decided with the evidence of its file')
  if (!evidence.ok) return evidence
  const { signer, numberText, dateText } = evidence.value
  if (signer.email?.toLowerCase() !== directory.person(actor)?.email.toLowerCase()) {
    return refuse('signer-not-actor', { signer: signer.commonName })
  }
  const { agencyCode } = directory.organisation
  const numberWritten = writesNumber(numberText ?? '', letter.number.text, agencyCode)
  if (!numberWritten || !writesDate(dateText ?? '', letter.number.date)) return refuse('number-mark-wrong')
  const legId = openLeg(letter)?.id ?? ''
  return one({ type: 'signed', legId, revision: body.revision, signer }, holder.value)
}

/**
 * Raising the signatures' level after the last signer: only while nobody has the letter, so that no one's signature
 * is made over a revision that has just been followed by another.
 */
function augment(letter: Letter, body: ServerCommand['body']) {
  const isCurrent = body.revision.extends === currentRevision(letter).sha256
  if (stageOf(letter) !== 'signed' || !isCurrent) return refuse('revision-not-current')
  return one({ ...body, type: 'augmented' }, null)
}

/** Returning (ส่งคืน) with a reason: the holder, or the secretary on the holder's behalf. */
function returnLetter(
  letter: Letter,
  command: Command,
  body: Extract<CommandBody, { type: 'return' }>,
  context: DecisionContext,
) {
  const { directory, actor, now } = context
  const leg = openLeg(letter)
  if (!leg || leg.to !== command.positionId) return refuse('letter-elsewhere')
  const holder = directory.holder(leg.to, now)
  const serves = directory.secretaries(leg.to, now).some((person) => person.id === actor)
  if (holder?.id !== actor && !serves) return refuse('position-not-held')
  return one(
    { type: 'returned', legId: leg.id, reason: body.reason },
    leg.to,
    holder?.id === actor ? null : (holder?.id ?? null),
  )
}

/** Forwarding (ส่งต่อ): from the position that has the letter, or that signed it last. */
function forward(
  letter: Letter,
  command: Command,
  body: Extract<CommandBody, { type: 'forward' }>,
  context: DecisionContext,
) {
  const from = openLeg(letter) ?? letter.legs[letter.legs.length - 1]
  if (!from || from.outcome === 'returned' || from.to !== command.positionId)
    return refuse('letter-elsewhere')
  if (context.directory.holder(from.to, context.now)?.id !== context.actor) return refuse('position-not-held')
  const leg = legTo(body.to, from.to, body.note, command, context)
  return leg.ok ? one({ type: 'forwarded', fromLegId: from.id, leg: leg.value }, from.to) : leg
}

/**
 * The position of the open leg, when the actor holds it and the command names it. Who holds no executive position
 * proposes and gives opinions (เสนอความเห็น) but does not sign.
 */
function actingHolder(letter: Letter, command: Command, context: DecisionContext): Outcome<string> {
  const leg = openLeg(letter)
  if (!leg || leg.to !== command.positionId) return refuse('letter-elsewhere')
  if (!context.directory.position(leg.to)?.executive) return refuse('position-not-held')
  if (context.directory.holder(leg.to, context.now)?.id === context.actor) return accept(leg.to)
  const serves = context.directory
    .secretaries(leg.to, context.now)
    .some((person) => person.id === context.actor)
  return refuse(serves ? 'secretary-cannot-sign' : 'position-not-held')
}

function legTo(to: string, from: string | null, note: string, command: Command, context: DecisionContext) {
  const { directory, now, actor } = context
  if (!directory.holder(to, now)) return refuse('position-unknown')
  const secretaries = directory.organisation.policy.copyToSecretary ? directory.secretaries(to, now) : []
  return accept({
    id: command.id,
    from,
    to,
    note,
    copies: secretaries
      .filter((person) => person.id !== actor)
      .map((person) => ({ personId: person.id, reason: 'secretary' as const })),
  })
}

const megabytes = (bytes: number, directory: Directory) => ({
  megabytes: Math.ceil(bytes / 1e6),
  limit: Math.floor(directory.organisation.policy.maximumFileBytes / 1e6),
})
