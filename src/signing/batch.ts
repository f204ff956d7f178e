import type { Outcome, Refusal } from '../shared/outcome.ts'
import type { RefusalCode } from '../shared/refusals.ts'
import type { TokenSigner } from './tokens/tokenSigner.ts'

/** Documents to be signed with one entry of the PIN. */
export interface Batch<Document, Result> {
  readonly documents: readonly Document[]
  /** Names a document in `done`: the same whenever the batch is resumed. A name that stands twice is one document. */
  readonly nameOf: (document: Document) => string
  /** Names of the documents that an earlier run has signed: they are not signed again. */
  readonly done?: ReadonlySet<string>
  /** Opens the token, unless nothing is left to sign. */
  readonly open: () => Promise<Outcome<TokenSigner>>
  /**
   * Signs one document, such as by signFile with `{ ...signer, request }`, and keeps it. While the token works for
   * it the next document is made ready, and the one before is finished.
   */
  readonly sign: (document: Document, signer: BatchSigner) => Promise<Outcome<Result>>
  /** Ends the batch before the token is asked again; what the token has signed by then is finished. */
  readonly signal?: AbortSignal
  /** Told when the token is asked for a document: the person at a PIN pad may have to type. */
  readonly onToken?: (document: Document) => void
  /** Told of each document as soon as it is settled. */
  readonly onResult?: (result: BatchResult<Document, Result>) => void
}

/** The token in a batch: `sign` waits for its turn. */
export type BatchSigner = Omit<TokenSigner, 'close'>

/** What became of one document. */
export type BatchResult<Document, Result> =
  | { readonly document: Document; readonly state: 'signed'; readonly result: Result }
  /** An earlier run has signed it. */
  | { readonly document: Document; readonly state: 'signed-before' }
  /** Something about this document stood in the way; the others went on. */
  | { readonly document: Document; readonly state: 'refused'; readonly refusal: Refusal }
  /** The batch stopped before it was signed. */
  | { readonly document: Document; readonly state: 'unsigned' }

/** What became of a batch. To resume it, run the same batch again with `done`. */
export interface BatchReport<Document, Result> {
  /** In the order of the documents. */
  readonly results: readonly BatchResult<Document, Result>[]
  /** Why the batch stopped before its end: something that would meet every further document as well. */
  readonly stoppedBy?: Refusal
  /** Names of the documents that are signed now, by this run or an earlier one. */
  readonly done: ReadonlySet<string>
}

/** What a token refuses because of one document, and not of itself. */
const concernOneDocument: readonly RefusalCode[] = ['algorithm-unfit', 'mechanism-missing']

/** What is refused aside from the token and would meet every further document as well. */
const meetEveryDocument: readonly RefusalCode[] = [
  'timestamp-unavailable',
  'disk-full',
  'signature-cancelled',
]

/** So many documents are worked on at a time: one before the token, one with it, one behind it. */
const mostAtOnce = 3

/**
 * Signs documents one after the other with one entry of the PIN. What the token refuses stops the batch, and nothing
 * is tried again; any other refusal concerns the one document, unless it would meet every further one as well.
 */
export async function signBatch<Document, Result>(
  batch: Batch<Document, Result>,
): Promise<BatchReport<Document, Result>> {
  const { nameOf, documents } = batch
  const results = new Map<string, BatchResult<Document, Result>>()
  const settle = (result: BatchResult<Document, Result>): void => {
    results.set(nameOf(result.document), result)
    batch.onResult?.(result)
  }
  const done = new Set(batch.done)
  const named = new Map(documents.map((document) => [nameOf(document), document]))
  const left = [...named].filter(([name]) => !done.has(name)).map(([, document]) => document)
  for (const [name, document] of named) if (done.has(name)) settle({ document, state: 'signed-before' })

  const stoppedBy = left.length === 0 ? undefined : await signEach(left, batch, settle)

  for (const document of left) {
    const state = results.get(nameOf(document))?.state
    if (state === undefined) settle({ document, state: 'unsigned' })
    if (state === 'signed') done.add(nameOf(document))
  }
  return {
    results: documents.map((document) => results.get(nameOf(document))!),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
    done,
  }
}

/** Returns why it stopped before the end. */
async function signEach<Document, Result>(
  documents: readonly Document[],
  batch: Batch<Document, Result>,
  settle: (result: BatchResult<Document, Result>) => void,
): Promise<Refusal | undefined> {
  const turns = new TokenTurns(batch.signal)
  if (turns.stoppedBy() !== undefined) return turns.stoppedBy()
  const opened = await batch.open()
  if (!opened.ok) return opened.refusal
  const signer = opened.value
  const working = new Set<Promise<void>>()

  const work = async (document: Document, reached: () => void): Promise<void> => {
    const outcome = await batch.sign(document, {
      certificate: signer.certificate,
      chain: signer.chain,
      sign: (attributes, algorithm) =>
        turns.take(() => {
          batch.onToken?.(document)
          const signing = signer.sign(attributes, algorithm)
          reached()
          return signing
        }),
    })
    if (outcome.ok) return settle({ document, state: 'signed', result: outcome.value })
    const { refusal } = outcome
    if (meetEveryDocument.includes(refusal.code)) turns.stop(refusal)
    if (turns.stoppedBy()?.code !== refusal.code) settle({ document, state: 'refused', refusal })
  }
  try {
    for (const document of documents) {
      while (working.size >= mostAtOnce) await Promise.race(working)
      if (turns.stoppedBy() !== undefined) break
      // The next one begins when the token has begun with this one, or when this one does without.
      await new Promise<void>((reached, failed) => {
        const worked = work(document, reached).finally(() => working.delete(worked))
        working.add(worked)
        worked.then(reached, failed)
      })
    }
    await Promise.all(working)
  } finally {
    await Promise.allSettled(working)
    await signer.close()
  }
  return turns.stoppedBy()
}

/** Lets one document at a time use the token, in the order in which they asked, until the batch is stopped. */
class TokenTurns {
  readonly #signal: AbortSignal | undefined
  #latest: Promise<unknown> = Promise.resolve()
  #stoppedBy: Refusal | undefined

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  stop(refusal: Refusal): void {
    this.#stoppedBy ??= refusal
  }

  stoppedBy(): Refusal | undefined {
    if (this.#signal?.aborted === true) this.stop({ code: 'signature-cancelled' })
    return this.#stoppedBy
  }

  take(sign: () => Promise<Outcome<Uint8Array>>): Promise<Outcome<Uint8Array>> {
    const taken = this.#latest.then(async () => {
      const stoppedBy = this.stoppedBy()
      if (stoppedBy !== undefined) return { ok: false, refusal: stoppedBy } as const
      const signed = await sign()
      if (!signed.ok && !concernOneDocument.includes(signed.refusal.code)) this.stop(signed.refusal)
      return signed
    })
    this.#latest = taken.catch(() => undefined)
    return taken
  }
}
