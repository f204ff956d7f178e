import type { BodyOf, CommandBody, LetterEvent, ServerCommandBody } from '../../../shared/contract/letter.ts'
import type { Formula } from '../../../shared/domain/formulas.ts'
import type { Letter } from '../../../shared/domain/letter.ts'
import type { Directory } from '../../../shared/domain/organisation.ts'
import type { Submission } from '../../commands/submission.ts'
import type { SampleFiles } from '../files.ts'
import type { Random } from './random.ts'

/** A letter of a sample year at the end of its history, or of the year. */
export interface GeneratedLetter {
  readonly letter: Letter
  /** Its whole log. */
  readonly events: readonly LetterEvent[]
  /** What its pages say, where it is more than the file that all letters of its kind share. */
  readonly paragraphs: readonly string[]
}

/** A command as it was decided, with what it was decided on; for whoever wants to decide it again. */
export interface RecordedAct {
  readonly submission: Submission
  readonly now: string
  readonly registeredAs: string | undefined
}

/** What happens to a letter, step by step: each value is for how many seconds of office hours it then rests. */
export type Course = Generator<number, void, undefined>

/** The command that begins a letter. */
export type Beginning = BodyOf<'draft'> | BodyOf<'register'> | BodyOf<'receive'>

/** The office as the courses of letters see it. */
export interface Office {
  readonly directory: Directory
  readonly random: Random
  readonly files: SampleFiles
  /** The instant, ISO. */
  now(): string
  /** The day in Bangkok. */
  today(): string
  /** 1 to 12. */
  month(): number
  letter(id: string): Letter
  /** How long a letter lies in somebody's tray now, in seconds of office hours; longest before the year's end. */
  inTray(): number
  /** คำขึ้นต้น and คำลงท้าย for an addressee. */
  formula(addressee: string): Formula
  /** Begins a letter and returns its id; undefined when the year has all its letters. */
  begin(
    actor: string,
    body: Beginning,
    more?: { paragraphs?: readonly string[]; registeredAs?: string },
  ): string | undefined
  /** Has `actor` do something to a letter; returns the command's id, by which what it made is known. */
  act(
    letterId: string,
    actor: string,
    body: Exclude<CommandBody, Beginning>,
    positionId?: string | null,
  ): string
  /** The server does something by itself. */
  serve(letterId: string, body: ServerCommandBody): void
  /** Begins another course at once or `seconds` later, which keeps `letterIds` from coming to rest. */
  start(course: Course, letterIds: readonly string[], seconds?: number): void
  /** Says that the running course does nothing more to a letter. */
  leave(letterId: string): void
  /** How many letters have begun. */
  begun(): number
  /** Counts on in a series of somebody else's, such as the numbers of another agency's letters; from 1. */
  countOn(series: string): number
}
