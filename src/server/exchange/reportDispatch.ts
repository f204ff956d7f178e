import { SERVER_ACTOR, type ServerCommand } from '../../shared/contract/letter.ts'
import type { CommandQueue } from '../commands/queue.ts'
import type { Confirmation } from './confirmations.ts'

/**
 * Records in the letter's log what the receiver of a dispatch said. The command has the confirmation's id, so that
 * telling it again changes nothing; throws where it could not be told now.
 */
export const reportDispatch =
  (queue: CommandQueue) =>
  async ({ id, letterId, dispatch, kind, number, at }: Confirmation): Promise<void> => {
    if (!dispatch) return
    const command: ServerCommand = {
      ...{ id, letterId, positionId: null, clientTime: at },
      body: {
        type: 'report-dispatch',
        ...{ dispatchId: dispatch.id, recipient: dispatch.recipient, state: kind, number, at },
        evidence: 'e-CMS',
      },
    }
    // A refusal is an answer too: it was confirmed by a person before, or the dispatch was taken back.
    await queue.submit([{ command, actor: SERVER_ACTOR, device: SERVER_ACTOR }])
  }
