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

/** `https://galley.example`, as browsers write it in the Origin header (RFC 6454): no path, no default port. */
export const Origin = z.string().transform((value, ctx) => {
  const origin = toOrigin(value)
  if (origin) return origin
  ctx.addIssue({
    code: 'custom',
    message: 'it must look like https://galley.example, without a path',
  })
  return z.NEVER
})

/** Origins separated by commas. */
export const OriginList = z.string().transform((value, ctx) => {
  const origins = value.split(',').map((part) => toOrigin(part.trim()))
  if (origins.every((origin) => origin !== undefined)) return origins
  ctx.addIssue({
    code: 'custom',
    message: 'each part must look like https://app.example, without a path',
  })
  return z.NEVER
})

/** Whether a browser keeps `Secure` cookies and trusts the page: https, or this very machine. */
export function isSecureOrigin(origin: string) {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function toOrigin(value: string) {
  if (!/^https?:\/\/[^/?#@*\s]+\/?$/i.test(value) || !URL.canParse(value)) return undefined
  return new URL(value).origin
}

/** `smtp://user:password@host:587` or `smtps://...`, perhaps with `?tls=off`; the messages never repeat the value, it holds a password. */
export const SmtpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^smtps?:\/\/[^/?#]*[^/?#@]\/?(?:\?tls=off)?$/.test(value),
    'it must look like smtp://user:password@host:587',
  )

/** `Name <address>` or an address. */
export const MailFrom = z
  .string()
  .max(200)
  .regex(/^(?:[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, {
    message: 'it must look like Galley <mail@galley.example>',
  })
