import type { Command, EventBody, LetterFacts, ServerCommand } from '../contract/letter.ts'
import type { Signer } from '../contract/shapes.ts'
import { accept, type Outcome } from '../outcome.ts'
import type { Letter } from './letter.ts'
import type { Directory } from './organisation.ts'

/** What a checked file says about the revision that a command brings. */
export interface RevisionEvidence {
  readonly signer: Signer
  /** Texts of the marks named `number` and `date`, as they stand in the file. */
  readonly numberText: string | null
  readonly dateText: string | null
}

/** The numbers that a command may take, where they are issued (the server, the counter's row locked). */
export interface NumberSource {
  readonly nextSerial: number
  /** The state of the reserved number that the command names. */
  readonly reservation?: { readonly date: string; readonly until: string; readonly open: boolean }
}

/** What a decision may depend on besides the letter and the command. All of it is data, so deciding is pure. */
export interface DecisionContext {
  readonly directory: Directory
  /** The person who is signed in. */
  readonly actor: string
  /** The moment of deciding, ISO instant; the server's clock on the server. */
  readonly now: string
  readonly numbers?: NumberSource
  /** The checked file of a command that brings a signed revision. */
  readonly evidence?: Outcome<RevisionEvidence>
  /** Other letters that the command speaks of, where they are at hand. */
  readonly letters?: ReadonlyMap<string, Letter>
  /** The receive number under which the same letter seems to be registered already. */
  readonly registeredAs?: string
}

/** A command with what is needed to decide it. */
export interface Asked {
  readonly command: Command
  readonly context: DecisionContext
}

/** An event as decided, before the log gives it a version, times and a hash. */
export interface DecidedEvent {
  readonly body: EventBody
  /** The letter whose log it belongs to, where that is not the command's own. */
  readonly letterId?: string
  /** The position acted for, the holder for whom somebody else acted, and under which delegation. */
  readonly positionId: string | null
  readonly onBehalfOf: string | null
  readonly delegationId: string | null
}

/** For whom somebody acts. */
export interface Authority {
  readonly positionId: string | null
  readonly onBehalfOf: string | null
  readonly delegationId: string | null
}

/** Acting for oneself. */
export const oneself: Authority = { positionId: null, onBehalfOf: null, delegationId: null }

/** One event, by somebody with `authority`. */
export const event = (body: EventBody, authority: Authority = oneself): DecidedEvent => ({
  body,
  positionId: authority.positionId,
  onBehalfOf: authority.onBehalfOf,
  delegationId: authority.delegationId,
})

/** The outcome that is one event. */
export const one = (body: EventBody, authority?: Authority): Outcome<DecidedEvent[]> =>
  accept([event(body, authority)])

/** Whether the server asks this of itself. */
export const isServerCommand = (command: Command | ServerCommand): command is ServerCommand =>
  serverTypes.has(command.body.type)

const serverTypes: ReadonlySet<string> = new Set<ServerCommand['body']['type']>([
  'augment',
  'report-dispatch',
  'destroy',
  'hand-to-archives',
])

/** What an ordinary letter says of everything that is not asked about: nothing special. */
export const ordinaryFacts: Omit<LetterFacts, 'kind' | 'subject' | 'addressee'> = {
  form: 'letter',
  salutation: '',
  closing: '',
  urgency: 'normal',
  dueAt: null,
  secrecy: 'none',
  matter: 'general',
  evidenceClass: 'reference',
  circular: false,
  amount: null,
  references: [],
  repliesTo: null,
  enclosures: [],
  copiesTo: [],
  contact: '',
}
