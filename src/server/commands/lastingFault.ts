import type { CommandResult } from '../../shared/contract/sync.ts'

/** A fault of ours that comes back however often the same command is sent; `cause` is what happened. */
class LastingFault extends Error {
  constructor(cause: unknown) {
    super('lasting fault', { cause })
  }
}

/** Runs `work`, which depends on nothing but its input: where it breaks, it breaks every time. */
export function lasting<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    throw new LastingFault(cause)
  }
}

/** SQLSTATE classes of what the database never takes: data_exception, integrity_constraint_violation. */
const NEVER_TAKEN = /^(22|23)[0-9A-Z]{3}$/

/**
 * Whether sending the command again is of no use: our own code breaks on it, its stored file is gone, or the database
 * does not take what it says. All else, such as a database that is away or a full disk, may pass.
 */
export function isLasting(error: unknown): boolean {
  if (error instanceof LastingFault) return true
  const { code, syscall, cause } = error as { code?: unknown; syscall?: unknown; cause?: unknown }
  // A database whose socket is not there is away, and may come back; a file is gone.
  if (code === 'ENOENT' && syscall === 'open') return true
  if (typeof code === 'string' && NEVER_TAKEN.test(code)) return true
  // The file store tells the system's own error as the cause of its own.
  return cause instanceof Error && isLasting(cause)
}

/** The answer to a command that a lasting fault keeps from being carried out; the fault's place goes to the log. */
export function refusedForFault(id: string, error: unknown): Extract<CommandResult, { outcome: 'refused' }> {
  const fault = error instanceof LastingFault ? error.cause : error
  const { name, stack, code } = fault as Error & { code?: string }
  // Never its message, which can hold what people wrote.
  const at = stack?.split('\n').filter((line) => /^\s+at /.test(line))
  console.error(JSON.stringify({ level: 50, msg: 'command failed', fault: { name, code, at } }))
  return { id, outcome: 'refused', refusal: { code: 'server-fault' } }
}
