import { existsSync, realpathSync } from 'node:fs'
import { accept, type Outcome, refuse } from '../../../shared/outcome.ts'

const system32 = (...names: string[]) => names.map((name) => `C:\\Windows\\System32\\${name}`)

/**
 * The PKCS #11 drivers known for each system, vendors' own before OpenSC, which reads many tokens but fewer well.
 * Feitian ePass2003, Thales eToken and IDPrime, Watchdata ProxKey, Longmai mToken, OpenSC; SoftHSM for practice.
 */
const modules: Readonly<Record<'win32' | 'darwin' | 'linux', readonly string[]>> = {
  win32: [
    ...system32('eps2003csp11v2_s.dll', 'eps2003csp11v2.dll', 'eps2003csp11.dll'),
    ...system32('eTPKCS11.dll', 'eToken.dll', 'IDPrimePKCS1164.dll', 'IDPrimePKCS11.dll'),
    ...system32('SignatureP11.dll', 'WDPKCS.dll', 'cryptoide_pkcs11.dll'),
    'C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll',
  ],
  darwin: [
    '/usr/local/lib/libcastle_v2.1.0.0.dylib',
    '/opt/homebrew/lib/libcastle_v2.1.0.0.dylib',
    '/usr/local/lib/libeps2003csp11.dylib',
    '/usr/local/lib/libeTPkcs11.dylib',
    '/Library/Frameworks/eToken.framework/Versions/Current/libeToken.dylib',
    '/usr/local/lib/libIDPrimePKCS11.dylib',
    '/usr/local/lib/libwdpkcs_Proxkey.dylib',
    '/usr/local/lib/libwdpkcs.dylib',
    '/usr/local/lib/libcryptoide_pkcs11.dylib',
    '/Library/OpenSC/lib/opensc-pkcs11.so',
    '/usr/local/lib/opensc-pkcs11.so',
    '/opt/homebrew/lib/opensc-pkcs11.so',
    '/usr/local/lib/softhsm/libsofthsm2.so',
  ],
  linux: [
    '/usr/lib/libcastle.so.1.0.0',
    '/usr/lib/libcastle_v2.so.1.0.0',
    '/usr/lib/x86_64-linux-gnu/libcastle.so.1.0.0',
    '/usr/lib/libeTPkcs11.so',
    '/usr/lib64/libeTPkcs11.so',
    '/usr/lib/libeToken.so',
    '/usr/lib64/libeToken.so',
    '/lib64/libeToken.so.8',
    '/usr/lib/libIDPrimePKCS11.so',
    '/usr/lib/WatchData/ProxKey/lib/libwdpkcs_SignatureP11.so',
    '/usr/lib/watchdata/ICP/lib/libwdpkcs_icp.so',
    '/opt/watchdata/lib64/libwdpkcs.so',
    '/opt/CryptoIDE/lib/libcryptoide_pkcs11.so',
    '/opt/CryptoIDE/lib/libcryptoida_pkcs11.so',
    '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
    '/usr/lib/pkcs11/opensc-pkcs11.so',
    '/usr/lib/softhsm/libsofthsm2.so',
    '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  ],
}

/** The drivers that may be loaded on the platform: those known, after the administrator's own `additions`. */
export function knownModules(platform: NodeJS.Platform, additions: readonly string[] = []): string[] {
  const known = platform === 'win32' || platform === 'darwin' || platform === 'linux' ? modules[platform] : []
  return [...new Set([...additions, ...known])]
}

/** Those of the allowed drivers that are installed, each file once even when several paths lead to it. */
export function installedModules(allowed: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const path of allowed) {
    if (!existsSync(path)) continue
    const file = realpathSync(path)
    if (!found.has(file)) found.set(file, path)
  }
  return [...found.values()]
}

/**
 * The path, when it or what it links to may be loaded: loading a driver runs its code. Refuses token-module-refused for a path outside
 * the list and token-module-missing for one where nothing is installed.
 */
export function allowedModule(path: string, allowed: readonly string[]): Outcome<string> {
  if (existsSync(path)) {
    const file = realpathSync(path)
    const isAllowed = allowed.some((known) => existsSync(known) && realpathSync(known) === file)
    return isAllowed ? accept(path) : refuse('token-module-refused', { module: path })
  }
  return refuse(allowed.includes(path) ? 'token-module-missing' : 'token-module-refused', { module: path })
}
