import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from './run.ts'

/** A person who gets a certificate. */
export interface PersonAsked {
  /** The common name: Thai name with title, such as นายสมชาย ใจดี. */
  readonly name: string
  readonly email: string
  readonly key: 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'rsa-pss-2048' | 'ec-p256' | 'ec-p384' | 'ec-p521'
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Default sign: digitalSignature and nonRepudiation. */
  readonly usage?: 'sign' | 'encipher'
}

/** A certificate with its key, as files. */
export interface Issued {
  readonly name: string
  readonly keyPem: string
  readonly certificatePem: string
  readonly certificateDer: string
}

/** A person's certificate and key. */
interface PersonIssued extends Issued {
  readonly email: string
}

/** A made-up hierarchy: root, issuing authority, people in the order asked. All values are paths. */
export interface TestPki {
  readonly directory: string
  /** Where the certificates say that their status can be had, when they say so. */
  readonly services?: string
  readonly root: Issued
  readonly issuing: Issued
  readonly people: readonly PersonIssued[]
}

/**
 * Creates the hierarchy with openssl in the directory, which is made when missing. With the address of
 * revocationServices the certificates name their CRL, and below the issuing authority OCSP and the issuer as well.
 */
export function createTestPki(directory: string, people: readonly PersonAsked[], services?: string): TestPki {
  mkdirSync(directory, { recursive: true })
  for (const [name, content] of Object.entries({ 'index.txt': '', serial: '1000\n' })) {
    writeFileSync(join(directory, name), content)
  }
  const root = issue(directory, {
    file: 'root',
    name: 'Saraban Test Root CA',
    key: 'rsa-2048',
    extensions: authority('', 'hash'),
    by: 'root',
  })
  const issuing = issue(directory, {
    file: 'issuing',
    name: 'Saraban Test Issuing CA',
    key: 'rsa-2048',
    extensions: [
      ...authority(',pathlen:0', 'keyid'),
      ...(services === undefined ? [] : [`crlDistributionPoints=URI:${services}root.crl`]),
    ],
    by: 'root',
  })
  return {
    directory,
    ...(services === undefined ? {} : { services }),
    root,
    issuing,
    people: people.map((person, index) => ({
      email: person.email,
      ...issue(directory, {
        ...person,
        file: `person-${index + 1}`,
        extensions: [...endEntity(person), ...sources(services)],
        by: 'issuing',
      }),
    })),
  }
}

/** A time-stamp authority under the issuing one. */
export function issueTimestampAuthority(
  { directory, services }: TestPki,
  { file = 'tsa', notAfter }: { readonly file?: string; readonly notAfter?: Date } = {},
): Issued {
  return issue(directory, {
    file,
    name: 'Saraban Test Time-Stamp Authority',
    key: 'rsa-2048',
    extensions: [
      'basicConstraints=CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=critical,timeStamping',
      'subjectKeyIdentifier=hash',
      'authorityKeyIdentifier=keyid',
      ...sources(services),
    ],
    by: 'issuing',
    ...(notAfter === undefined ? {} : { notAfter }),
  })
}

/** A responder that speaks for the issuing authority; `extensions` in place of noCheck when they are given. */
export function issueResponder(
  { directory }: TestPki,
  file: string,
  extensions: readonly string[] = ['extendedKeyUsage=OCSPSigning', 'noCheck=ignored'],
): Issued {
  return issue(directory, {
    file,
    name: `Saraban Test Responder ${file}`,
    key: 'rsa-2048',
    extensions: ['basicConstraints=CA:FALSE', 'keyUsage=critical,digitalSignature', ...extensions],
    by: 'issuing',
  })
}

const sources = (services: string | undefined): string[] =>
  services === undefined
    ? []
    : [
        `crlDistributionPoints=URI:${services}issuing.crl`,
        `authorityInfoAccess=OCSP;URI:${services}ocsp,caIssuers;URI:${services}issuing.der`,
      ]

const authority = (pathLength: string, keyIdentifier: string): string[] => [
  `basicConstraints=critical,CA:TRUE${pathLength}`,
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
  ...(keyIdentifier === 'hash' ? [] : ['authorityKeyIdentifier=keyid']),
]

const endEntity = ({ email, usage = 'sign' }: PersonAsked): string[] => [
  'basicConstraints=CA:FALSE',
  `keyUsage=critical,${usage === 'sign' ? 'digitalSignature,nonRepudiation' : 'keyEncipherment'}`,
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
  `subjectAltName=email:${email}`,
  'extendedKeyUsage=emailProtection',
]

interface Asked {
  readonly file: string
  readonly name: string
  readonly key: PersonAsked['key']
  readonly extensions: readonly string[]
  readonly by: 'root' | 'issuing'
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const day = 24 * 60 * 60 * 1000

function issue(directory: string, asked: Asked): Issued {
  const path = (extension: string) => join(directory, `${asked.file}.${extension}`)
  createKey(path('key.pem'), asked.key)
  writeFileSync(path('cnf'), configuration(asked))
  const openssl = (...args: string[]) => mustRun('openssl', args, { cwd: directory })
  openssl('req', '-new', '-utf8', '-config', path('cnf'), '-key', path('key.pem'), '-out', path('csr.pem'))
  const signer =
    asked.by === asked.file
      ? ['-selfsign', '-keyfile', path('key.pem')]
      : ['-keyfile', join(directory, `${asked.by}.key.pem`), '-cert', join(directory, `${asked.by}.pem`)]
  const notBefore = asked.notBefore ?? new Date(Date.now() - day)
  const notAfter = asked.notAfter ?? new Date(Date.now() + 700 * day)
  openssl(
    ...['ca', '-batch', '-notext', '-utf8', '-config', path('cnf'), '-extensions', 'extensions', ...signer],
    ...['-startdate', asn1Time(notBefore), '-enddate', asn1Time(notAfter)],
    ...['-in', path('csr.pem'), '-out', path('pem')],
  )
  openssl('x509', '-in', path('pem'), '-outform', 'DER', '-out', path('der'))
  return {
    name: asked.name,
    keyPem: path('key.pem'),
    certificatePem: path('pem'),
    certificateDer: path('der'),
  }
}

function createKey(path: string, key: PersonAsked['key']): void {
  const options = {
    'rsa-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
    'rsa-3072': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
    'rsa-4096': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
    'rsa-pss-2048': [
      ...['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
      ...['-pkeyopt', 'rsa_pss_keygen_md:sha384', '-pkeyopt', 'rsa_pss_keygen_mgf1_md:sha384'],
      ...['-pkeyopt', 'rsa_pss_keygen_saltlen:48'],
    ],
    'ec-p256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    'ec-p384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
    'ec-p521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  }[key]
  mustRun('openssl', ['genpkey', ...options, '-out', path])
}

const asn1Time = (time: Date): string => `${time.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`

const configuration = ({ name, extensions }: Asked): string => `
[ca]
default_ca = directory
[directory]
dir = .
database = $dir/index.txt
new_certs_dir = $dir
serial = $dir/serial
default_md = sha256
policy = policy
unique_subject = no
email_in_dn = no
[policy]
commonName = supplied
organizationName = optional
countryName = optional
[req]
distinguished_name = subject
prompt = no
string_mask = utf8only
[subject]
C = TH
O = สำนักงานหลักประกันสุขภาพแห่งชาติ
CN = ${name}
[extensions]
${extensions.join('\n')}
`

/** The bytes of the certificates with these DER files. */
export const readDer = (...paths: readonly string[]): Uint8Array[] => paths.map((path) => readFileSync(path))
