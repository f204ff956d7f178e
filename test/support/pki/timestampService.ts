import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { issueTimestampAuthority, type TestPki } from './authority.ts'
import { mustRun } from './run.ts'
import { serve, type TestService } from './serve.ts'

/** Starts a time-stamp service (RFC 3161) under the hierarchy's issuing authority; openssl makes the answers. */
export async function startTimestampService(
  pki: TestPki,
  { file = 'tsa', notAfter }: { readonly file?: string; readonly notAfter?: Date } = {},
): Promise<TestService> {
  const asked = { file, ...(notAfter === undefined ? {} : { notAfter }) }
  const { certificatePem, keyPem } = issueTimestampAuthority(pki, asked)
  const path = (name: string) => join(pki.directory, name)
  const settings = path(`${file}-service.cnf`)
  writeFileSync(path('tsa-serial'), '01\n')
  writeFileSync(settings, configuration(certificatePem, keyPem, pki.issuing.certificatePem))
  return await serve(async (request, response) => {
    const name = randomUUID()
    writeFileSync(path(`${name}.tsq`), await buffer(request))
    const files = ['-queryfile', path(`${name}.tsq`), '-out', path(`${name}.tsr`)]
    mustRun('openssl', ['ts', '-reply', '-config', settings, ...files], { cwd: pki.directory })
    response.setHeader('content-type', 'application/timestamp-reply')
    response.end(readFileSync(path(`${name}.tsr`)))
  })
}

const configuration = (certificate: string, key: string, issuer: string): string => `
[tsa]
default_tsa = service
[service]
serial = tsa-serial
crypto_device = builtin
signer_cert = ${certificate}
certs = ${issuer}
signer_key = ${key}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`
