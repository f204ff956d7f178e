import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyFile } from '../../../src/signing/verify.ts'
import type { Office } from './office.ts'
import { inFolder, tool } from './tools.ts'

/** Whether each signature of a file is intact, by the name of its field. */
type Intactness = ReadonlyMap<string, boolean>

/** What our own verification says. */
export async function ownIntactness(bytes: Uint8Array, office: Office): Promise<Intactness> {
  const { signatures } = await verifyFile(bytes, { trust: office.trust })
  return new Map(
    signatures.map(({ field, digestOk, signatureOk, coverage }) => [
      field,
      digestOk && signatureOk && coverage !== 'partial',
    ]),
  )
}

/** What poppler says. */
export const popplerIntactness = (bytes: Uint8Array, { nss }: Office): Promise<Intactness> =>
  inFolder(async (folder) => {
    const path = join(folder, 'in.pdf')
    await writeFile(path, bytes)
    const { output } = await tool('pdfsig', '-nocert', '-nssdir', nss, path)
    const parts = output.split(/^Signature #\d+:$/m).slice(1)
    return new Map(
      parts.map((part) => [
        /Signature Field Name: (.*)/.exec(part)?.[1] ?? '',
        part.includes('Signature is Valid.'),
      ]),
    )
  })
