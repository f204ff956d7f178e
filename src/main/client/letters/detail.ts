import type { LetterEvent } from '../../../shared/contract/letter.ts'
import type { LetterDetail, TimelineEntry, WaitingCommand } from '../../../shared/contract/views.ts'
import { currentRevision, senderOf, stageOf } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import type { OutboxEntry, StoredLetter } from '../store/operations.ts'
import { mayOf } from './may.ts'
import { writerOf } from './trays.ts'

/** Everything that the reader shows of a letter, with names filled in. */
export function detailOf(stored: StoredLetter, personId: string, directory: Directory): LetterDetail {
  const { letter } = stored
  return {
    letterId: letter.id,
    kind: letter.kind,
    subject: letter.subject,
    addressee: letter.addressee,
    urgency: letter.urgency,
    secrecy: letter.secrecy,
    stage: stageOf(letter),
    from: writerOf(letter, directory),
    authorName: directory.person(letter.authorId)?.name ?? letter.authorId,
    number: letter.number,
    sender: senderOf(letter) ?? null,
    revision: currentRevision(letter) ?? null,
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
  const leg = 'leg' in body ? body.leg : null
  const name = (personId: string) => directory.person(personId)?.name ?? personId
  const title = (positionId: string) => directory.position(positionId)?.title ?? positionId
  return {
    event,
    actorName: name(event.actor),
    positionTitle: event.positionId === null ? null : title(event.positionId),
    onBehalfOfName: event.onBehalfOf === null ? null : name(event.onBehalfOf),
    toTitle: leg ? title(leg.to) : unitsOf(body, directory),
    copyNames: leg?.copies.map(({ personId }) => name(personId)) ?? [],
  }
}

/** The units that a letter was handed over to. */
function unitsOf(body: LetterEvent['body'], directory: Directory): string | null {
  if (body.type !== 'delivered') return null
  return body.to.map(({ unitId }) => directory.unit(unitId)?.name ?? unitId).join(', ')
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

/** What the user typed into a command, so that nothing typed is lost when it is refused. */
function typedText(body: OutboxEntry['command']['body']): string {
  const typed = body as Partial<
    Record<'subject' | 'addressee' | 'note' | 'reason' | 'text' | 'opinion', string>
  >
  return [typed.subject, typed.addressee, typed.note, typed.reason, typed.text, typed.opinion]
    .filter((text) => text !== undefined && text !== '')
    .join('\n')
}
