import type { IncomingFile, Intake, ReceivedFile } from '../intake.ts'
import { readXml, type XmlElement } from './readXml.ts'
import { answerSplitter, type SplitFault } from './splitAnswer.ts'

/** Enough of an answer to find in it what acknowledges it, whatever the rest is like. */
const HEAD_BYTES = 64 * 1024

/** An answer that has come to its end, or to the limit. */
export interface ReceivedAnswer {
  /** The answer without its files, or why it cannot be read. */
  readonly xml: XmlElement | SplitFault | 'too-large'
  /** Its files in their order; an element that held one holds its place among them. */
  readonly files: readonly ReceivedFile[]
  /** Every byte that came, up to the limit; null where nobody wanted it kept. */
  readonly whole: ReceivedFile | null
  /** Its first bytes. */
  readonly head: Buffer
}

/**
 * Takes an answer in while it comes: its files are decoded and written as they arrive, and the whole of it as it came
 * beside them; little of it is ever in memory. Ends at `limit` bytes. Throws when the connection breaks off.
 */
export async function receiveAnswer(
  body: AsyncIterable<Buffer>,
  limit: number,
  intake: Intake | null,
): Promise<ReceivedAnswer> {
  const splitter = answerSplitter()
  const files: ReceivedFile[] = []
  const head: Buffer[] = []
  const whole = await intake?.open()
  let file: IncomingFile | undefined
  let bytes = 0
  let isTooLarge = false
  for await (const chunk of body) {
    isTooLarge = bytes + chunk.length > limit
    const part = isTooLarge ? chunk.subarray(0, limit - bytes) : chunk
    if (bytes < HEAD_BYTES) head.push(part.subarray(0, HEAD_BYTES - bytes))
    bytes += part.length
    await whole?.write(part)
    for (const piece of splitter.push(part)) {
      if (!intake) continue
      file ??= await intake.open()
      if (piece.kind === 'bytes') await file.write(piece.bytes)
      else {
        files.push(await file.finish())
        file = undefined
      }
    }
    if (isTooLarge) break
  }
  const split = splitter.end()
  const read = 'fault' in split ? split.fault : (readXml(split.skeleton) ?? 'xml')
  return {
    xml: isTooLarge ? 'too-large' : read,
    files,
    whole: (await whole?.finish()) ?? null,
    head: Buffer.concat(head),
  }
}
