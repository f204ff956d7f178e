import { readSignedData, type SignedData } from '../cms/cms.ts'
import { identifiers } from '../cms/identifiers.ts'

/** The CMS of a signature and that of its time-stamp. */
export function messagesIn(contents: Uint8Array): SignedData[] {
  const message = readSignedData(contents)
  if (message === undefined) return []
  const tokens = message.signers.flatMap(
    ({ unsignedAttributes }) => unsignedAttributes.get(identifiers.signatureTimestamp) ?? [],
  )
  return [message, ...tokens.map(({ whole }) => readSignedData(whole))].filter((found) => found !== undefined)
}
