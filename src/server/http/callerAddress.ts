import { isIPv6 } from 'node:net'

/** Groups of an IPv6 address that name a network; one customer has all the addresses of such a network (RFC 6177). */
const NETWORK_GROUPS = 4

/** By what a caller is counted: its IPv4 address, or the /64 network of its IPv6 address. */
export function callerAddress(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1]) return mapped[1]
  const [left = '', right] = (ip.split('%')[0] ?? '').split('::')
  const before = left === '' ? [] : left.split(':')
  const after = right === undefined || right === '' ? [] : right.split(':')
  const zeros = right === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
