import { isIP } from 'node:net'
import { z } from 'zod'

/** Addresses and CIDR ranges separated by commas; never everybody. */
export const ProxyList = z.string().transform((value, ctx) => {
  const proxies = value.split(',').map((part) => part.trim())
  if (proxies.every(isAddressOrRange)) return proxies
  ctx.addIssue({
    code: 'custom',
    message: 'each part must be an address such as 10.0.0.7 or a range such as 10.0.0.0/8',
  })
  return z.NEVER
})

function isAddressOrRange(value: string) {
  const [address = '', prefix, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 6 ? 128 : 32)
}
