import { isIPv4 } from 'node:net'
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
