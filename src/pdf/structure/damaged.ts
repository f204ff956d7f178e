import { type Outcome, refuse } from '../../shared/outcome.ts'

/** Thrown inside src/pdf where a file breaks the PDF syntax; `refusingDamage` turns it into a refusal. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile'
}

/** Runs `work`; a broken file becomes the refusal file-damaged, any other exception stays a bug. */
export async function refusingDamage<Value>(
  work: () => Outcome<Value> | Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DamagedFile) return refuse('file-damaged')
    throw error
  }
}
