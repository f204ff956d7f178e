import type { LetterEvent } from '../../../shared/contract/letter.ts'
import type { SearchField } from '../../../shared/contract/search.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'

/** A text of a letter that is searched, and what it is of the letter. */
export interface SearchedText {
  readonly field: SearchField
  readonly text: string
}

/** What is searched of a letter besides its folded state. */
export interface MoreOfLetter {
  readonly events: readonly LetterEvent[]
  /** The text of its current file; empty where it has not been read. */
  readonly documentText: string
}

/**
 * Every text by which a letter is found, in the order in which a found one is shown: what a register has of it
 * (แบบที่ 13, 14: ที่ ลงวันที่ จาก ถึง เรื่อง การปฏิบัติ), who had a hand in it under the names of that time, and what
 * was written on the way. Only what the device has of the letter, which is what its person may see.
 */
export function searchedTexts(letter: Letter, directory: Directory, more: MoreOfLetter): SearchedText[] {
  const texts: SearchedText[] = []
  const seen = new Set<string>()
  const add = (field: SearchField, ...found: (string | null | undefined)[]) => {
    for (const text of found) {
      if (!text || seen.has(text)) continue
      seen.add(text)
      texts.push({ field, text })
    }
  }
  const person = (id: string | null) => (id === null ? undefined : directory.person(id)?.name)
  const title = (id: string | null) => (id === null ? undefined : directory.position(id)?.title)
  const unit = (id: string) => directory.unit(id)?.name
  const agency = (id: string | null) => (id === null ? undefined : directory.agency(id)?.name)

  add('subject', letter.subject)
  for (const number of [letter.number, letter.receipt, ...letter.cancelledNumbers]) {
    if (number) add('number', `ที่ ${number.text}`)
  }
  if (letter.origin.kind !== 'drafted') {
    const { sender } = letter.origin
    if (sender.number) add('number', `ที่ ${sender.number}`)
    add('sender', sender.from, agency(sender.agencyId))
  }
  add('sender', unit(letter.unitId))
  add('addressee', letter.addressee, ...letter.copiesTo)
  for (const dispatch of letter.dispatches) {
    add('addressee', ...dispatch.recipients.flatMap(({ name, address }) => [name, address]))
    add('number', ...dispatch.recipients.flatMap((each) => each.confirmations.map(({ number }) => number)))
  }
  for (const { number, agency: of } of letter.references) add('reference', number, of)
  add('enclosure', ...letter.enclosures.map((enclosure) => enclosure.title))

  add('people', person(letter.authorId), letter.contact)
  for (const { personId, positionId, signer } of letter.signatures) {
    add('people', person(personId), title(positionId), signer.commonName)
  }
  for (const leg of letter.legs) {
    add('people', title(leg.to), directory.holder(leg.to, leg.openedAt)?.name, title(leg.from))
    if (leg.from !== null) add('people', directory.holder(leg.from, leg.openedAt)?.name)
  }
  for (const { reviewers } of letter.checks)
    add('people', ...reviewers.map(({ personId }) => person(personId)))

  for (const endorsement of letter.endorsements) {
    const { text, elements, personId, positionId, to } = endorsement
    add('order', text)
    add('people', elements.who.name, person(personId), title(positionId), title(to))
  }
  for (const { note, reason } of letter.legs) {
    add('note', note)
    add('reason', reason)
  }
  for (const { reviewers } of letter.checks) add('note', ...reviewers.map(({ text }) => text))
  for (const { text, personId } of letter.notes) {
    add('note', text)
    add('people', person(personId))
  }
  for (const { note, reason, toUnitId, fromUnitId, receivedAs, sentBy } of letter.deliveries) {
    add('addressee', unit(toUnitId))
    add('sender', unit(fromUnitId))
    if (receivedAs) add('number', `ที่ ${receivedAs.receipt.text}`)
    add('note', note)
    add('reason', reason)
    add('people', person(sentBy))
  }
  add('reason', ...letter.cancelledNumbers.map(({ reason }) => reason))
  add('reason', ...letter.dispatches.map(({ withdrawn }) => withdrawn))
  for (const event of more.events) {
    add('people', person(event.actor), person(event.onBehalfOf))
    addWritten(event, add)
  }
  add('file', letter.fileName, letter.paperAt, letter.keeping?.place)
  for (const { purpose, personId } of letter.loans) {
    add('note', purpose)
    add('people', person(personId))
  }
  add('document', more.documentText)
  return texts
}

/** What was written in events that leave no trace in the letter's state. */
function addWritten({ body }: LetterEvent, add: (field: SearchField, text: string) => void) {
  if (body.type === 'commented') add('note', body.text)
  else if (body.type === 'closed') add('note', body.note)
  else if ('reason' in body) add('reason', body.reason)
}
