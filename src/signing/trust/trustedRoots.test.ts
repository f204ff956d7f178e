import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { parseCertificates } from '../cms/certificate.ts'
import { readAnchors } from './manifest.ts'
import { trustedRoots } from './trustedRoots.ts'

const directory = mkdtempSync(join(tmpdir(), 'trust-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Any real certificates will do; they stand in for an office's own authorities. */
const [officePem = '', branchPem = ''] = rootCertificates
const [office, branch] = [officePem, branchPem].map((pem) => parseCertificates(Buffer.from(pem))[0]!)
const nationalRoot = '2a8da2f8d23e0cd3b5871ecfb0f42276ca73230667f474eede71c5ee32cc3ec6'

function save(name: string, content: string | Uint8Array): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

const manifestOf = (more: object = {}, sha256 = office!.fingerprint) =>
  JSON.stringify({
    format: 1,
    authorities: [
      {
        name: 'สำนักงาน',
        source: 'ผู้ดูแลระบบ',
        sha256,
        certificate: Buffer.from(office!.der).toString('base64'),
      },
    ],
    ...more,
  })

const roots = async (places: readonly string[], environment: NodeJS.ProcessEnv = {}) => {
  const outcome = await trustedRoots(places, environment)
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  const anchors = outcome.value.map(readAnchors)
  return {
    pinned: anchors.flatMap(({ pinned }) => pinned),
    trust: anchors.flatMap(({ trust }) => trust.map(({ fingerprint }) => fingerprint)),
  }
}

describe('trusted roots', () => {
  test('are Thailand’s national ones, by their fingerprints, when nothing else is said', async () => {
    const { pinned, trust } = await roots([])
    expect(pinned).toContain(nationalRoot)
    expect(pinned).toHaveLength(2)
    expect(trust).toEqual([])
  })

  test('are joined by an office’s own: a file, a folder, a manifest, the variable', async () => {
    const file = save('office.pem', officePem)
    expect(await roots([file])).toEqual({
      pinned: expect.arrayContaining([nationalRoot]),
      trust: [office!.fingerprint],
    })
    const der = save('branch.der', branch!.der)
    const named = { SARABAN_TRUST: [file, der].join(delimiter) }
    expect((await roots([], named)).trust).toEqual([office!.fingerprint, branch!.fingerprint])
    expect((await roots([directory])).trust).toEqual([branch!.fingerprint, office!.fingerprint])
    const manifest = save('list.json', manifestOf())
    expect((await roots([manifest])).pinned).toEqual(
      expect.arrayContaining([nationalRoot, office!.fingerprint]),
    )
    rmSync(manifest)
  })

  test('give way to a manifest that replaces them', async () => {
    const manifest = save('only.json', manifestOf({ replaces: true }))
    expect(await roots([manifest])).toEqual({ pinned: [office!.fingerprint], trust: [office!.fingerprint] })
    rmSync(manifest)
  })

  test('are refused when a certificate is not the one that the manifest pins, or the file is none', async () => {
    const other = createHash('sha256').update('other').digest('hex')
    const refused = async (path: string) => {
      const outcome = await trustedRoots([path], {})
      rmSync(path, { force: true })
      return outcome.ok ? 'accepted' : outcome.refusal.code
    }
    expect(await refused(save('wrong.json', manifestOf({}, other)))).toBe('trust-malformed')
    expect(await refused(save('broken.json', '{"format":1'))).toBe('trust-malformed')
    expect(await refused(save('text.pem', 'ไม่ใช่ใบรับรอง'))).toBe('trust-malformed')
    expect(await refused(join(directory, 'missing.pem'))).toBe('file-unreadable')
  })
})
