import type { LetterEvent } from '../../../shared/contract/letter.ts'
import type { LetterDetail, TimelineEntry, WaitingCommand } from '../../../shared/contract/views.ts'
import { currentRevision, stageOf } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import type { OutboxEntry, StoredLetter } from '../store/operations.ts'
import { mayOf } from './may.ts'

/** Everything that the reader shows of a letter, with names filled in. */
export function detailOf(stored: StoredLetter, personId: string, directory: Directory): LetterDetail {
  const { letter } = stored
  return {
    letterId: letter.id,
    kind: letter.kind,
    subject: letter.subject,
    addressee: letter.addressee,
    urgency: letter.urgency,
    stage: stageOf(letter),
    unitName: directory.unit(letter.unitId)?.name ?? letter.unitId,
    authorName: directory.person(letter.authorId)?.name ?? letter.authorId,
    number: letter.number,
    revision: currentRevision(letter),
    pageCount: letter.pageCount,
    signatures: letter.signatures.map((signature) => ({
      ...signature,
      personName: directory.person(signature.personId)?.name ?? signature.personId,
      positionTitle: directory.position(signature.positionId)?.title ?? signature.positionId,
    })),
    legs: letter.legs,
    timeline: stored.events.map((event) => timelineEntry(event, directory)),
    waiting: stored.outbox.map(waitingCommand),
    fileHere: stored.fileHere,
    may: mayOf(letter, personId, directory),
  }
}

function timelineEntry(event: LetterEvent, directory: Directory): TimelineEntry {
  const { body } = event
  const leg = body.type === 'proposed' || body.type === 'forwarded' ? body.leg : undefined
  const name = (personId: string) => directory.person(personId)?.name ?? personId
  const title = (positionId: string) => directory.position(positionId)?.title ?? positionId
  return {
    event,
    actorName: name(event.actor),
    positionTitle: event.positionId === null ? null : title(event.positionId),
    onBehalfOfName: event.onBehalfOf === null ? null : name(event.onBehalfOf),
    toTitle: leg === undefined ? null : title(leg.to),
    copyNames: leg?.copies.map(({ personId }) => name(personId)) ?? [],
  }
}

/** An outbox entry as the list of waiting work shows it. */
export function waitingCommand({ command, state, since, refusal, subject }: OutboxEntry): WaitingCommand {
  return {
    commandId: command.id,
    letterId: command.letterId,
    type: command.body.type,
    subject,
    state,
    since,
    refusal,
    text: typedText(command.body),
  }
}

/** What the user typed into a command. */
function typedText(body: OutboxEntry['command']['body']): string {
  switch (body.type) {
    case 'draft':
      return `${body.subject}\n${body.addressee}`
    case 'propose':
    case 'forward':
      return body.note
    case 'return':
      return body.reason
    case 'bind-number':
    case 'sign':
      return ''
  }
}
