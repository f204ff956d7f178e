import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { issueTimestampAuthority, type TestPki } from './authority.ts'
import { mustRun } from './run.ts'

/** A time-stamp service (RFC 3161) on this machine; openssl makes the answers. */
export interface TestTimestampService {
  readonly url: string
  close(): Promise<void>
}

/** Starts a service whose certificate the hierarchy's issuing authority signed. */
export async function startTimestampService(pki: TestPki): Promise<TestTimestampService> {
  const { certificatePem, keyPem } = issueTimestampAuthority(pki)
  const path = (name: string) => join(pki.directory, name)
  writeFileSync(path('tsa-serial'), '01\n')
  writeFileSync(path('tsa-service.cnf'), configuration(certificatePem, keyPem, pki.issuing.certificatePem))
  const server = createServer(async (request, response) => {
    const name = randomUUID()
    writeFileSync(path(`${name}.tsq`), await buffer(request))
    const files = ['-queryfile', path(`${name}.tsq`), '-out', path(`${name}.tsr`)]
    mustRun('openssl', ['ts', '-reply', '-config', path('tsa-service.cnf'), ...files], { cwd: pki.directory })
    response.setHeader('content-type', 'application/timestamp-reply')
    response.end(readFileSync(path(`${name}.tsr`)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
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
