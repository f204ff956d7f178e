import { accept } from '../../shared/outcome.ts'
import { extendPdf } from '../../signing/extend.ts'
import { serveThread } from '../serveThread.ts'
import type { AugmentRequest } from './augmentInThread.ts'

serveThread<AugmentRequest>('augmentation', async ({ file, order }) => {
  const extended = await extendPdf(file, order)
  return extended.ok ? accept({ bytes: extended.value, level: order.level }) : extended
})
