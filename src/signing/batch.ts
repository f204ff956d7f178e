import type { Outcome, Refusal } from '../shared/outcome.ts'
import type { RefusalCode } from '../shared/refusals.ts'
import type { TokenSigner } from './tokenSigner.ts'

/** Documents to be signed with one entry of the PIN, and what is done with each before and after the token. */
export interface Batch<Document, Begun extends { readonly attributes: Uint8Array }, Result> {
  readonly documents: readonly Document[]
  /** Names a document in `done`: the same name whenever the batch is resumed. A name that stands twice is one document. */
  readonly nameOf: (document: Document) => string
  /** Names of the documents that an earlier run has signed, which are not signed again. */
  readonly done?: ReadonlySet<string>
  /** Opens the token, unless nothing is left to sign. */
  readonly open: () => Promise<Outcome<TokenSigner>>
  /** Makes a document ready: `attributes` is what the token signs. Runs while the token signs the one before it. */
  readonly begin: (document: Document, signer: TokenSigner) => Promise<Outcome<Begun>>
  /** Puts the signature into the document and keeps it. Runs while the token signs the next. */
  readonly finish: (
    document: Document,
    begun: Begun,
    signature: Uint8Array,
    signer: TokenSigner,
  ) => Promise<Outcome<Result>>
  /** Lets go of what begin holds; called once for each document that was begun, whatever came of it. */
  readonly release?: (begun: Begun) => void | Promise<void>
  /** Ends the batch before the token is asked again; what the token has signed by then is finished. */
  readonly signal?: AbortSignal
  /** Told before the token is asked for a document: the person at a PIN pad may have to type. */
  readonly onToken?: (document: Document) => void
  /** Told of each document as soon as it is settled. */
  readonly onResult?: (result: BatchResult<Document, Result>) => void
}

/** What became of one document. */
export type BatchResult<Document, Result> =
  | { readonly document: Document; readonly state: 'signed'; readonly result: Result }
  /** An earlier run has signed it. */
  | { readonly document: Document; readonly state: 'signed-before' }
  /** Something about this document stood in the way; the others went on. */
  | { readonly document: Document; readonly state: 'refused'; readonly refusal: Refusal }
  /** The batch stopped before its turn. */
  | { readonly document: Document; readonly state: 'unsigned' }

/** What became of a batch. To resume it, run the same batch again with `done`. */
export interface BatchReport<Document, Result> {
  /** In the order of the documents. */
  readonly results: readonly BatchResult<Document, Result>[]
  /** Why the batch stopped before its end: a fault that would meet every further document as well. */
  readonly stoppedBy?: Refusal
  /** Names of the documents that are signed now, by this run or an earlier one. */
  readonly done: ReadonlySet<string>
}

/** Refusals of begin and finish that say nothing about the one document. */
const meetAllDocuments: readonly RefusalCode[] = ['timestamp-unavailable', 'signature-cancelled']

/**
 * Signs documents one after the other with one entry of the PIN. What the token refuses stops the batch, and nothing
 * is tried again; what begin or finish refuses concerns the one document, unless it would meet every other as well.
 */
export async function signBatch<Document, Begun extends { readonly attributes: Uint8Array }, Result>(
  batch: Batch<Document, Begun, Result>,
): Promise<BatchReport<Document, Result>> {
  return await new BatchRun(batch).run()
}

class BatchRun<Document, Begun extends { readonly attributes: Uint8Array }, Result> {
  readonly #batch: Batch<Document, Begun, Result>
  /** By the document's name. */
  readonly #results = new Map<string, BatchResult<Document, Result>>()
  readonly #done: Set<string>
  #stoppedBy: Refusal | undefined

  constructor(batch: Batch<Document, Begun, Result>) {
    this.#batch = batch
    this.#done = new Set(batch.done)
  }

  async run(): Promise<BatchReport<Document, Result>> {
    const { documents, nameOf, open } = this.#batch
    const named = new Map(documents.map((document) => [nameOf(document), document]))
    const left = [...named].filter(([name]) => !this.#done.has(name)).map(([, document]) => document)
    for (const [name, document] of named) {
      if (this.#done.has(name)) this.#settle({ document, state: 'signed-before' })
    }
    if (left.length > 0 && !this.#isCancelled()) {
      const opened = await open()
      if (opened.ok) await this.#signAll(left, opened.value).finally(() => opened.value.close())
      else this.#stoppedBy = opened.refusal
    }
    for (const document of left) {
      if (!this.#results.has(nameOf(document))) this.#settle({ document, state: 'unsigned' })
    }
    return {
      results: documents.map((document) => this.#results.get(nameOf(document))!),
      ...(this.#stoppedBy === undefined ? {} : { stoppedBy: this.#stoppedBy }),
      done: this.#done,
    }
  }

  /** At any time one document is made ready, one is with the token, and one is being finished. */
  async #signAll(documents: readonly Document[], signer: TokenSigner): Promise<void> {
    let finishing: Promise<void> = Promise.resolve()
    let coming = awaitedLater(this.#begin(documents[0], signer))
    for (const [index, document] of documents.entries()) {
      const begun = await coming
      const asked = begun !== undefined && !this.#isCancelled() && this.#ask(document, begun, signer)
      // Only now, so that the token works meanwhile.
      coming = awaitedLater(this.#begin(documents[index + 1], signer))
      const signature = asked === false ? undefined : await asked
      await finishing
      if (begun === undefined) continue
      finishing = awaitedLater(
        signature === undefined ? this.#release(begun) : this.#finish(document, begun, signature, signer),
      )
      if (this.#stoppedBy !== undefined) break
    }
    await finishing
    const unused = await coming
    if (unused !== undefined) await this.#release(unused)
  }

  async #begin(document: Document | undefined, signer: TokenSigner): Promise<Begun | undefined> {
    if (document === undefined || this.#stoppedBy !== undefined) return undefined
    const begun = await this.#batch.begin(document, signer)
    if (begun.ok) return begun.value
    this.#refuse(document, begun.refusal)
    return undefined
  }

  async #ask(document: Document, begun: Begun, signer: TokenSigner): Promise<Uint8Array | undefined> {
    this.#batch.onToken?.(document)
    const signed = await signer.sign(begun.attributes)
    if (signed.ok) return signed.value
    this.#stoppedBy ??= signed.refusal
    return undefined
  }

  async #finish(document: Document, begun: Begun, signature: Uint8Array, signer: TokenSigner): Promise<void> {
    try {
      const finished = await this.#batch.finish(document, begun, signature, signer)
      if (!finished.ok) return this.#refuse(document, finished.refusal)
      this.#done.add(this.#batch.nameOf(document))
      this.#settle({ document, state: 'signed', result: finished.value })
    } finally {
      await this.#release(begun)
    }
  }

  async #release(begun: Begun): Promise<void> {
    await this.#batch.release?.(begun)
  }

  #refuse(document: Document, refusal: Refusal): void {
    if (meetAllDocuments.includes(refusal.code)) this.#stoppedBy ??= refusal
    else this.#settle({ document, state: 'refused', refusal })
  }

  #settle(result: BatchResult<Document, Result>): void {
    this.#results.set(this.#batch.nameOf(result.document), result)
    this.#batch.onResult?.(result)
  }

  #isCancelled(): boolean {
    if (this.#batch.signal?.aborted) this.#stoppedBy ??= { code: 'signature-cancelled' }
    return this.#stoppedBy !== undefined
  }
}

/** The promise, whose failure is not yet lost when it comes before anybody waits for it. */
function awaitedLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined)
  return promise
}
