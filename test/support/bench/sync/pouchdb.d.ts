/** The part of PouchDB that the benchmark uses; the package has no types of its own. */
declare module 'pouchdb' {
  namespace PouchDB {
    interface Replicated {
      readonly docs_written: number
    }
    interface ReplicationOptions {
      readonly batch_size: number
    }
  }
  class PouchDB {
    constructor(name: string)
    replicate: {
      from(source: string, options: PouchDB.ReplicationOptions): Promise<PouchDB.Replicated>
    }
    info(): Promise<{ readonly doc_count: number }>
    close(): Promise<void>
  }
  export = PouchDB
}
