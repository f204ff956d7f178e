import { createHash } from 'node:crypto'
import { v5 as nameUuid, v7 as timeUuid } from 'uuid'
import {
  type Command,
  type CommandBody,
  type LetterEvent,
  SERVER_ACTOR,
  type ServerCommand,
  type ServerCommandBody,
} from '../../../shared/contract/letter.ts'
import type { Organisation } from '../../../shared/contract/organisation.ts'
import type { NumberSource } from '../../../shared/domain/asked.ts'
import {
  type DecidedEvent,
  decide,
  numberNeeded,
  type RevisionEvidence,
} from '../../../shared/domain/decide.ts'
import { chainEvents } from '../../../shared/domain/eventChain.ts'
import { evolve } from '../../../shared/domain/evolve.ts'
import { formulaFor } from '../../../shared/domain/formulas.ts'
import type { BoundNumber, Letter } from '../../../shared/domain/letter.ts'
import { type Directory, directoryOf } from '../../../shared/domain/organisation.ts'
import { accept, type Outcome } from '../../../shared/outcome.ts'
import { bangkokDay, letterDate } from '../../../shared/thai/dates.ts'
import { toThaiDigits } from '../../../shared/thai/digits.ts'
import type { Submission } from '../../commands/submission.ts'
import type { SampleFiles } from '../files.ts'
import { agenda } from './agenda.ts'
import type { Beginning, Course, GeneratedLetter, Office, RecordedAct } from './office.ts'
import type { OfficeTime } from './officeTime.ts'
import { DAYS_BEHIND, pace } from './pace.ts'
import type { Random } from './random.ts'

/** What an office is opened with. */
export interface OfficeSetting {
  readonly organisation: Organisation
  readonly time: OfficeTime
  readonly random: Random
  readonly files: SampleFiles
  /** How many letters begin at most. */
  readonly letters: number
  readonly onAct?: ((act: RecordedAct) => void) | undefined
}

interface Running {
  readonly course: Course
  readonly held: Set<string>
}

interface OpenLetter {
  letter: Letter
  readonly events: LetterEvent[]
  readonly paragraphs: readonly string[]
  /** How many courses may still do something to it. */
  holds: number
}

const DEVICES = '5b0f3c1e-6d0a-4c55-9d26-0e6a5f0c7c11'

/**
 * Opens an office in which everything passes through the deciders. `run` carries the courses out in the order of their
 * time and gives each letter when nothing more happens to it; memory grows with the letters that are open at once.
 * A refused command is a bug of a course and throws.
 */
export function openOffice(setting: OfficeSetting): {
  readonly office: Office
  run(): Generator<GeneratedLetter, void, undefined>
} {
  const { time, random, files } = setting
  const directory = directoryOf(setting.organisation)
  const open = new Map<string, OpenLetter>()
  const letters = new Map<string, Letter>()
  const serials = new Map<string, number>()
  const series = new Map<string, number>()
  const next = agenda<Running>()
  const rested: GeneratedLetter[] = []
  const certificates = certificatesOf(directory)
  const deviceOf = onceEach((actor) => (actor === SERVER_ACTOR ? actor : nameUuid(actor, DEVICES)))
  let place = 0
  let now = time.instant(0)
  const today = () => time.days[Math.floor(place / time.secondsInDay)] ?? bangkokDay(now)
  let begun = 0
  let running: Running | undefined

  const uuid = () => timeUuid({ msecs: Date.parse(now), random: random.bytes(16) })
  const openLetter = (id: string): OpenLetter => {
    const found = open.get(id)
    if (!found) throw new Error(`letter ${id} is at rest`)
    return found
  }

  const record = (id: string, decided: readonly DecidedEvent[], { command, actor, device }: Submission) => {
    const known = open.get(id)
    const events = chainEvents(known?.letter, decided, {
      command,
      letterId: id,
      actor,
      device,
      serverTime: now,
    })
    const after = events.reduce<Letter | undefined>((letter, event) => evolve(letter, event), known?.letter)
    if (!after) throw new Error('a letter has events')
    letters.set(id, after)
    for (const { body } of events) noteNumber(body)
    if (known) {
      known.letter = after
      known.events.push(...events)
    }
    return { after, events }
  }

  const noteNumber = (body: LetterEvent['body']) => {
    const number: BoundNumber | undefined =
      body.type === 'registered' || body.type === 'received'
        ? body.receipt
        : body.type === 'number-bound'
          ? body
          : undefined
    if (number) serials.set(`${number.registerId} ${number.buddhistYear}`, number.serial)
  }

  const decideOn = (submission: Submission, registeredAs?: string) => {
    const { command, actor, evidence } = submission
    const letter = letters.get(command.letterId)
    const needed = numberNeeded(letter, command, directory, now)
    const numbers: NumberSource | undefined = needed && {
      nextSerial: (serials.get(`${needed.registerId} ${needed.period}`) ?? 0) + 1,
    }
    const decided = decide(letter, command, {
      ...{ directory, actor, now, letters },
      ...(numbers && { numbers }),
      ...(evidence && { evidence }),
      ...(registeredAs !== undefined && { registeredAs }),
    })
    setting.onAct?.({ submission, now, registeredAs })
    if (decided.ok) return decided.value
    const { code } = decided.refusal
    throw new Error(`${command.body.type} by ${actor} on ${command.letterId} was refused: ${code}`)
  }

  const submissionOf = (
    command: Command | ServerCommand,
    actor: string,
    letter: Letter | undefined,
  ): Submission => {
    const { body } = command
    const needsEvidence =
      body.type === 'sign' || (body.type === 'endorse' && body.signature.method === 'digital')
    return {
      command,
      actor,
      device: deviceOf(actor),
      ...(needsEvidence && { evidence: evidenceOf(actor, letter) }),
    }
  }

  const evidenceOf = (actor: string, letter: Letter | undefined): Outcome<RevisionEvidence> => {
    const signer = certificates(actor)
    const number = letter?.number
    const numberText = number ? toThaiDigits(number.text) : null
    return accept({ signer, numberText, dateText: number ? letterDate(number.date) : null })
  }

  const carryOut = (
    letterId: string,
    actor: string,
    body: CommandBody | ServerCommandBody,
    positionId: string | null,
    registeredAs?: string,
  ) => {
    const command = { id: uuid(), letterId, positionId, clientTime: now, body } as Command | ServerCommand
    const submission = submissionOf(command, actor, letters.get(letterId))
    const decided = decideOn(submission, registeredAs)
    return { command, submission, logs: Map.groupBy(decided, (event) => event.letterId ?? letterId) }
  }

  const sameAsHandedOver = (body: Beginning) =>
    body.type === 'receive' ? openLetter(body.from.letterId).paragraphs : []

  const release = (id: string) => {
    const known = openLetter(id)
    known.holds -= 1
    if (known.holds === 0) rest(id, known)
  }
  const rest = (id: string, { letter, events, paragraphs }: OpenLetter) => {
    open.delete(id)
    letters.delete(id)
    rested.push({ letter, events, paragraphs })
  }

  const office: Office = {
    directory,
    random,
    files,
    now: () => now,
    today,
    inTray: () => pace.inTray(random, place >= time.end - DAYS_BEHIND * time.secondsInDay),
    month: () => Number(today().slice(5, 7)),
    formula: onceEach((addressee) => formulaFor(addressee, setting.organisation.policy)),
    letter: (id) => openLetter(id).letter,
    begin: (actor, body, { paragraphs = sameAsHandedOver(body), registeredAs } = {}) => {
      if (begun >= setting.letters || !running) return undefined
      begun += 1
      const id = uuid()
      const { submission, logs } = carryOut(id, actor, body, null, registeredAs)
      for (const [letterId, decided] of logs) {
        const { after, events } = record(letterId, decided, submission)
        if (letterId === id) open.set(id, { letter: after, events: [...events], paragraphs, holds: 1 })
      }
      running.held.add(id)
      return id
    },
    act: (letterId, actor, body, positionId = null) => {
      const { command, submission, logs } = carryOut(letterId, actor, body, positionId)
      for (const [id, decided] of logs) record(id, decided, submission)
      return command.id
    },
    serve: (letterId, body) => {
      const { submission, logs } = carryOut(letterId, SERVER_ACTOR, body, null)
      for (const [id, decided] of logs) record(id, decided, submission)
    },
    start: (course, letterIds, seconds = 0) => {
      for (const id of letterIds) openLetter(id).holds += 1
      next.put(place + seconds, { course, held: new Set(letterIds) })
    },
    leave: (letterId) => {
      if (running?.held.delete(letterId)) release(letterId)
    },
    begun: () => begun,
    countOn: (name) => {
      const count = (series.get(name) ?? 0) + 1
      series.set(name, count)
      return count
    },
  }

  function* run(): Generator<GeneratedLetter, void, undefined> {
    for (let due = next.take(time.end); due; due = next.take(time.end)) {
      if (due.time !== place) {
        place = due.time
        now = time.instant(place)
      }
      running = due.item
      const step = running.course.next()
      if (step.done) for (const id of running.held) release(id)
      else next.put(place + Math.max(1, Math.round(step.value)), running)
      running = undefined
      if (rested.length > 0) yield* rested.splice(0)
    }
    for (const [id, known] of open) rest(id, known)
    yield* rested.splice(0)
  }
  return { office, run }
}

/** Made-up certificates, one for each person; nothing is signed with them. */
const certificatesOf = (directory: Directory) =>
  onceEach((personId): RevisionEvidence['signer'] => {
    const person = directory.person(personId)
    const fingerprint = createHash('sha256').update(`sample ${personId}`).digest('hex')
    return {
      commonName: person?.name ?? personId,
      email: person?.email ?? null,
      serial: fingerprint.slice(0, 16).toUpperCase(),
      fingerprint,
    }
  })

/** `make`, made once for each name and then known. */
function onceEach<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>()
  return (name) => {
    const known = made.get(name)
    if (known !== undefined) return known
    const value = make(name)
    made.set(name, value)
    return value
  }
}
