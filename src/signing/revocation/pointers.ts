import type { Certificate } from '../cms/certificate.ts'
import {
  contextTag,
  type DerValue,
  readIdentifier,
  readInside,
  readOrUndefined,
  readValues,
} from '../cms/der.ts'
import { revocationIdentifiers } from './identifiers.ts'

/** Where a certificate says that its status and its issuer's certificate can be had; only http and https. */
export interface Pointers {
  readonly ocsp: readonly string[]
  readonly crls: readonly string[]
  /** Certificates of the issuer: DER, or a PKCS #7 of certificates (RFC 5280 4.2.2.1). */
  readonly issuers: readonly string[]
}

/** Reads authority information access and CRL distribution points (RFC 5280 4.2.2.1, 4.2.1.13). */
export function pointersOf({ extensions }: Certificate): Pointers {
  const access = extensions.get(revocationIdentifiers.authorityInformationAccess)
  const points = extensions.get(revocationIdentifiers.crlDistributionPoints)
  const read = (value: DerValue | undefined, reader: (value: DerValue) => string[]): string[] =>
    value === undefined ? [] : (readOrUndefined(() => reader(value)) ?? [])
  return {
    ocsp: read(access, (value) => accessLocations(value, revocationIdentifiers.ocspAccess)),
    issuers: read(access, (value) => accessLocations(value, revocationIdentifiers.issuersAccess)),
    crls: read(points, (value) => readInside(value).flatMap(fullNames)),
  }
}

/** Whether the certificate names any source of its status, be it one that cannot be asked here, such as LDAP. */
export const namesRevocationSource = (certificate: Certificate): boolean =>
  certificate.extensions.has(revocationIdentifiers.crlDistributionPoints) ||
  pointersOf(certificate).ocsp.length > 0

function accessLocations(value: DerValue, wanted: string): string[] {
  return readInside(value).flatMap((description) => {
    const [method, location] = readInside(description)
    return readIdentifier(method) === wanted ? addressesIn([location]) : []
  })
}

/** The full names of a DistributionPoint; one for some reasons only, or of another issuer, is no use here. */
function fullNames(point: DerValue): string[] {
  const parts = readInside(point)
  const [holder] = parts
  if (holder?.tag !== contextTag(0) || parts.length > 1) return []
  return addressesIn(generalNames(holder))
}

/** The GeneralNames of a DistributionPointName inside the tag that holds it. */
export function generalNames(holder: DerValue): DerValue[] {
  const [name] = readValues(holder.content)
  return name?.tag === contextTag(0) ? readValues(name.content) : []
}

const uniformResourceIdentifier = contextTag(6, true)

/** The http and https addresses among GeneralNames. */
export const addressesIn = (names: readonly (DerValue | undefined)[]): string[] =>
  names
    .filter((name) => name?.tag === uniformResourceIdentifier)
    .map((name) => Buffer.from(name?.content ?? []).toString('latin1'))
    .filter((address) => /^https?:\/\//i.test(address))
