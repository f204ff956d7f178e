import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Issued } from './authority.ts'
import { mustRun } from './run.ts'
import { serve, type TestService } from './serve.ts'

/** OCSP, CRLs and issuers' certificates of a hierarchy, over HTTP; openssl makes the answers. */
export interface RevocationServices extends TestService {
  /** What was asked for, such as `/ocsp` or `/root.crl`, in order. */
  readonly asked: string[]
  /** What answers in place of openssl, by path; it must end the response. */
  readonly instead: Map<string, (request: IncomingMessage, response: ServerResponse) => void>
}

/**
 * Starts the services for the hierarchy that will be made in the directory: `/ocsp` answers with the certificate of
 * `responder`.pem, `/NAME.crl` are lists by `openssl ca`, `/NAME.der` certificates.
 */
export async function startRevocationServices(
  directory: string,
  responder = 'responder',
): Promise<RevocationServices> {
  const asked: string[] = []
  const instead: RevocationServices['instead'] = new Map()
  const service = await serve(async (request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    const other = instead.get(url)
    if (other !== undefined) return other(request, response)
    if (url === '/ocsp') return void response.end(answer(directory, responder, await buffer(request)))
    const list = /^\/(root|issuing)\.crl$/.exec(url)?.[1]
    if (list !== undefined) return void response.end(makeRevocationList(directory, list))
    const file = join(directory, url.slice(1))
    if (existsSync(file)) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  return { ...service, asked, instead }
}

/** What an OCSP service answers to a request, in DER. */
export function answer(directory: string, responder: string, request: Uint8Array): Buffer {
  const name = join(directory, randomUUID())
  writeFileSync(`${name}.req`, request)
  const signer = ['-rsigner', `${responder}.pem`, '-rkey', `${responder}.key.pem`, '-CA', 'issuing.pem']
  const files = ['-reqin', `${name}.req`, '-respout', `${name}.res`, '-ndays', '7']
  mustRun('openssl', ['ocsp', '-index', 'index.txt', ...signer, ...files], { cwd: directory })
  return readFileSync(`${name}.res`)
}

/** A list of root or issuing authority in DER, with what was revoked until now. */
export function makeRevocationList(directory: string, by: string, extensions = ''): Buffer {
  const name = join(directory, randomUUID())
  writeFileSync(join(directory, 'crlnumber'), '01\n')
  writeFileSync(`${name}.cnf`, configuration(extensions))
  const signer = ['-keyfile', `${by}.key.pem`, '-cert', `${by}.pem`, '-crldays', '7']
  const settings = ['-config', `${name}.cnf`, ...(extensions === '' ? [] : ['-crlexts', 'extensions'])]
  mustRun('openssl', ['ca', '-gencrl', ...settings, ...signer, '-out', `${name}.pem`], { cwd: directory })
  mustRun('openssl', ['crl', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.crl`])
  return readFileSync(`${name}.crl`)
}

const configuration = (extensions: string): string => `
[ca]
default_ca = directory
[directory]
dir = .
database = $dir/index.txt
crlnumber = $dir/crlnumber
default_md = sha256
[extensions]
${extensions}
`

/** Notes in the hierarchy's register that a certificate was revoked at a time, for a reason as RFC 5280 names it. */
export function revoke(directory: string, { certificatePem }: Issued, at: Date, reason?: string): void {
  const register = join(directory, 'index.txt')
  const { stdout } = mustRun('openssl', ['x509', '-in', certificatePem, '-noout', '-serial'])
  const serial = stdout.trim().replace('serial=', '')
  const time = `${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`
  const lines = readFileSync(register, 'utf8').split('\n')
  const revoked = lines.map((line) => {
    const fields = line.split('\t')
    if (fields[3] !== serial) return line
    const event = reason === undefined ? time : `${time},${reason}`
    return ['R', fields[1], event, ...fields.slice(3)].join('\t')
  })
  writeFileSync(register, revoked.join('\n'))
}
