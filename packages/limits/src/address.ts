import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * What counts as one caller when attempts are counted by address: an IPv4 address itself, an IPv6 address by its
 * /64, since that is what one subscriber is given (RFC 6177). IPv4-mapped IPv6 counts as IPv4. All that is no
 * address shares the key `unknown`, so that made-up values cannot open new allowances.
 */
export function addressKey(ip: string): string {
  if (isIPv4(ip)) return ip // as most are: nothing to parse
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address instanceof ipaddr.IPv4) return address.toString()
  const network = new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0])
  return `${network.toString()}/64`
}

/**
 * An address as proxies write it, without port and brackets, IPv4-mapped IPv6 as IPv4; undefined for what is no address.
 */
export function plainAddress(text: string): string | undefined {
  const given = text.trim()
  if (isIPv4(given)) return given
  const [, bare = given] =
    /^\[([^[\]]*)\](?::\d{1,5})?$/.exec(given) ?? /^([\d.]+):\d{1,5}$/.exec(given) ?? []
  if (isIPv4(bare)) return bare
  return isIPv6(bare) ? ipaddr.process(bare).toString() : undefined
}
