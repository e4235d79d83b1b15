import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIPv4 } from 'node:net'
import { plainAddress } from '@galley/limits/address'

const NAME = 'x-forwarded-for'

/** Whether an address is among those of TRUST_PROXY. */
export function trustOf(proxies: string[]): (address: string) => boolean {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  return (address) => {
    const plain = plainAddress(address)
    return plain !== undefined && trusted.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
  }
}

/**
 * Leaves plain addresses in `X-Forwarded-For`: ports and brackets, which some proxies add, are dropped. From the last
 * item that is no address (`unknown`) on to the left, nothing is believed, and the proxy that wrote it counts.
 */
export function keepAddresses(headers: IncomingHttpHeaders) {
  const given = headers[NAME]
  if (given === undefined) return
  const addresses = [given].flat().join(',').split(',').map(plainAddress)
  const believed = addresses.slice(addresses.lastIndexOf(undefined) + 1)
  if (believed.length > 0) headers[NAME] = believed.join(', ')
  else delete headers[NAME]
}
