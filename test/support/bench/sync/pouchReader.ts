import PouchDB from 'pouchdb'
import { readForParent } from './reader.ts'

/** What PouchDB's side is told. */
export interface PouchReader {
  readonly source: string
  /** The folder of its LevelDB. */
  readonly path: string
}

/** PouchDB with its usual store under Node, replicating with pages as large as ours. */
readForParent<PouchReader>(async ({ source, path }) => {
  const database = new PouchDB(path)
  return {
    pull: async () => {
      await database.replicate.from(source, { batch_size: 1000 })
    },
    count: async () => (await database.info()).doc_count,
    close: () => database.close(),
  }
})
