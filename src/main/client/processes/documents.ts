import type { Log } from '../log.ts'
import type { Processes } from './childPort.ts'
import { childRequests, stopped } from './childRequests.ts'
import type {
  DocumentAnswer,
  DocumentInput,
  DocumentOperation,
  DocumentReply,
  DocumentRequest,
} from './documentOperations.ts'

/** PDF and signature work, in a process of its own. */
export interface Documents {
  /** Does one piece of work. When the process ends, it is started again and asked once more. Throws for a bug. */
  call<Name extends DocumentOperation>(name: Name, input: DocumentInput<Name>): Promise<DocumentAnswer<Name>>
  end(): void
}

export function documents(processes: Processes, log: Log): Documents {
  const requests = childRequests<Omit<DocumentRequest, 'id'>, DocumentReply>(
    () => processes.fork('documentProcess'),
    { onStopped: () => log('documents.stopped') },
  )
  return {
    call: async <Name extends DocumentOperation>(name: Name, input: DocumentInput<Name>) => {
      let reply = await requests.ask({ name, input })
      if (reply === stopped) reply = await requests.ask({ name, input })
      if (reply === stopped) throw new Error(`the document process ended twice during ${name}`)
      if ('answer' in reply) return reply.answer as DocumentAnswer<Name>
      log('documents.fault', reply.fault)
      throw new Error(`the document process could not do ${name}`)
    },
    end: requests.end,
  }
}
