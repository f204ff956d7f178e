import type { CommandResult } from '../../shared/contract/sync.ts'
import { isLasting, refusedForFault } from './lastingFault.ts'
import type { Submission } from './submission.ts'

/** Commands committed together at most. */
const GROUP_SIZE = 64

/** The one queue of an app server's commands. */
export interface CommandQueue {
  /** Answers submissions once they are committed, in the order given. */
  submit(submissions: readonly Submission[]): Promise<CommandResult[]>
  /** Resolves when everything submitted so far is answered. */
  drained(): Promise<void>
  /** How many commands wait for their group. */
  waiting(): number
}

interface Waiting {
  readonly submission: Submission
  readonly answer: (result: CommandResult) => void
  readonly fail: (error: unknown) => void
}

/**
 * Makes a queue over `commit`. While one group commits the next gathers, so each transaction carries as many
 * commands as have come in the meantime. A command that fails for good is refused with server-fault, so that it does
 * not hold up for ever what its sender asks for after it; after a fault that may pass `submit` throws.
 */
export function commandQueue(
  commit: (submissions: readonly Submission[]) => Promise<CommandResult[]>,
): CommandQueue {
  const waiting: Waiting[] = []
  let working: Promise<void> | undefined

  const work = async () => {
    while (waiting.length > 0) await settle(waiting.splice(0, GROUP_SIZE))
    working = undefined
  }

  const settle = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const results = await commit(group.map(({ submission }) => submission))
      for (const [index, { answer }] of group.entries()) answer(results[index] as CommandResult)
    } catch (error) {
      const [first] = group
      if (group.length === 1 && first) failed(first, error)
      // One command that cannot be committed must not take the others with it.
      else for (const one of group) await settle([one])
    }
  }

  const failed = ({ submission, answer, fail }: Waiting, error: unknown) =>
    isLasting(error) ? answer(refusedForFault(submission.command.id, error)) : fail(error)

  return {
    submit: (submissions) => {
      const answers = submissions.map(
        (submission) =>
          new Promise<CommandResult>((answer, fail) => waiting.push({ submission, answer, fail })),
      )
      working ??= work()
      return Promise.all(answers)
    },
    drained: async () => {
      while (working) await working
    },
    waiting: () => waiting.length,
  }
}
