import type * as Electron from 'electron'
import { refuseUnknown } from './unimplemented.ts'

type SchemeHandler = Parameters<Electron.Protocol['handle']>[1]

const handlers = new Map<string, SchemeHandler>()
const privileged = new Set<string>()

/** The app's own schemes, handled already or only announced. */
export const appSchemes = (): string[] => [...new Set([...privileged, ...handlers.keys()])]

/** The handler that answers `scheme`. */
export const handlerOf = (scheme: string): SchemeHandler | undefined => handlers.get(scheme)

/**
 * The address under which the browser knows an app address: app://host/path is https://host.app.invalid/path,
 * because Chromium gives a scheme of its own neither an origin nor a secure context.
 */
export const toBrowserAddress = (address: string): string =>
  address.replace(/^([a-z][a-z0-9]*):\/\/([^/?#]+)/i, (whole, scheme: string, host: string) =>
    handlers.has(scheme) ? `https://${host}.${scheme}.invalid` : whole,
  )

/** The app's own form of an address that the browser reports. */
export const toAppAddress = (address: string): string =>
  address.replace(
    /^https:\/\/([^/?#]+)\.([a-z0-9]+)\.invalid(?=[/?#]|$)/,
    (whole, host: string, scheme: string) => (handlers.has(scheme) ? `${scheme}://${host}` : whole),
  )

/** A content security policy with the app's schemes written as the browser knows them. */
export const toBrowserPolicy = (policy: string): string =>
  policy.replace(
    /(^|[\s;])([a-z][a-z0-9]*):(?:\/\/([^\s;]*))?(?=[\s;]|$)/gi,
    (whole, before, scheme, rest) => {
      if (!handlers.has(scheme)) return whole
      return before + (rest ? toBrowserAddress(`${scheme}://${rest}`) : `https://*.${scheme}.invalid`)
    },
  )

/** Electron's `protocol`. */
export const protocol = refuseUnknown('protocol', {
  // Every handled scheme is standard, secure and open to fetch and streams here.
  registerSchemesAsPrivileged(schemes) {
    for (const { scheme } of schemes) privileged.add(scheme)
  },
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Partial<Electron.Protocol>)
