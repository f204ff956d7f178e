import { hash, verify } from '@node-rs/argon2'

/** OWASP's recommendation for argon2id (the library's own default kind): 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password (RFC 9106), in PHC form with its own random salt. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

let decoy: Promise<string> | undefined

/**
 * Whether `password` is the one that `passwordHash` was made from. For an unknown user the hash is undefined, and
 * the check takes as long as for a known one.
 */
export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const matches = await verify(passwordHash ?? (await decoy), password)
  return passwordHash !== undefined && matches
}
