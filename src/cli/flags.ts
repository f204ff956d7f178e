import { type ParseArgsConfig, parseArgs } from 'node:util'
import { accept, type Outcome, refuse } from '../shared/outcome.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The flags and files of a command. Refuses usage for a flag that is unknown or lacks its value. */
export function readFlags<const Known extends Options>(argv: string[], options: Known) {
  try {
    return accept(parseArgs({ args: argv, options, allowPositionals: true, strict: true }))
  } catch (error) {
    return usage(problemOf(error))
  }
}

/** What is wrong. A file whose name begins with a dash is taken for a flag unless `--` or `./` stands before it. */
function problemOf(error: unknown): string {
  const problem = error instanceof Error ? error.message.split('. ')[0]! : String(error)
  return /^Unknown option '-[^-]/.test(problem) ? `${problem} (-- -FILE, ./-FILE)` : problem
}

/** Whether the arguments ask for JSON. */
export const wantsJson = (argv: readonly string[]): boolean => hasFlag(argv, '--json')

/** Whether the arguments have a flag; behind `--` stand names of files. */
export function hasFlag(argv: readonly string[], flag: string): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes(flag)
}

/** The refusal of a command line, naming what is wrong with it. */
export const usage = (problem: string): Outcome<never> => refuse('usage', { problem })

/** A flag's value that has to be there. */
export const required = (name: string, value: string | undefined): Outcome<string> =>
  value === undefined || value === '' ? usage(`--${name}`) : accept(value)

/** A page number from 1. */
export function pageNumber(text: string | undefined): Outcome<number> {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text)
    ? accept(Number(text))
    : usage(`--page ${text ?? ''}`)
}

/** Numbers between commas: exactly `count` of them. */
export function numberList(name: string, text: string | undefined, count: number): Outcome<number[]> {
  const parts = (text ?? '').split(',')
  const isRight = parts.length === count && parts.every((part) => /^-?\d{1,6}(\.\d{1,6})?$/.test(part.trim()))
  return isRight ? accept(parts.map(Number)) : usage(`--${name} ${text ?? ''}`)
}
