import { randomUUIDv7 } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { BlockList, isIPv4 } from 'node:net'
import { plainAddress } from '@galley/limits/address'
import type { FastifyRequest } from 'fastify'

const NAME = 'x-forwarded-for'

/** Whether an address is among those of TRUST_PROXY. */
export function trustOf(proxies: string[]): (address?: string) => boolean {
  const trusted = new BlockList()
  for (const proxy of proxies) {
    const [address = '', prefix] = proxy.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  // None of a socket that is gone.
  return (address = '') => {
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

const requestIdShape = /^[\w.-]{8,64}$/

/** The caller's X-Request-Id where it is a plain token of 8 to 64 characters, else a UUIDv7. */
export function requestIdOf({ headers }: IncomingMessage) {
  const given = headers['x-request-id']
  return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUIDv7()
}

/**
 * The token in `Authorization: Bearer` (RFC 6750, 2.1), undefined where the request brings none. A header without a
 * scheme was meant to be one, and is the empty token. Other schemes belong to a proxy in front, which asks for a
 * password of its own.
 */
export function bearerTokenOf({ headers }: FastifyRequest): string | undefined {
  const [scheme = '', ...rest] = (headers.authorization ?? '').split(' ')
  if (scheme === '') return undefined
  if (scheme.toLowerCase() === 'bearer') return rest.join(' ').trim()
  return rest.length === 0 ? '' : undefined
}

/** Whether it is a read that says nothing of who sends it: any cookie might, and any `Authorization`. */
export const isWithoutCredentials = ({ method, headers }: FastifyRequest) =>
  method === 'GET' && headers.cookie === undefined && headers.authorization === undefined

let lastValid = 'localhost'

/** Whether it names a host (RFC 9112, 3.2), or is absent. Most requests name that of the one before. */
export function isHost(host = lastValid) {
  if (host === lastValid) return true
  if (/[@/\\?#]/.test(host) || !URL.canParse(`http://${host}`)) return false
  lastValid = host
  return true
}
