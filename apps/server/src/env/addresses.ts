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

/** What is said of an address whose user or password cannot be decoded. */
export const UNDECODABLE = 'a % in its user or password must be written %25'

/** Whether the user and the password in an address can be decoded: what connects would fail on them, far from here. */
export function isDecodable(address: string): boolean {
  if (!URL.canParse(address)) return true // which is another problem
  const { username, password } = new URL(address)
  try {
    decodeURIComponent(username)
    decodeURIComponent(password)
    return true
  } catch {
    return false
  }
}

/** `smtp://user:password@host:587` or `smtps://...`, perhaps with `?tls=off`; the messages never repeat the value, it holds a password. */
export const SmtpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^smtps?:\/\/[^/?#]*[^/?#@]\/?(?:\?tls=off)?$/.test(value),
    'it must look like smtp://user:password@host:587',
  )
  .refine(isDecodable, UNDECODABLE)

/** `Name <address>` or an address. */
export const MailFrom = z
  .string()
  .max(200)
  .regex(/^(?:[^<>\r\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, {
    message: 'it must look like Galley <mail@galley.example>',
  })

/** Whether what is sent to this address stays on this machine. */
function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, '')
  return (
    host === '' ||
    host === 'localhost' ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  )
}

/**
 * The address of a PostgreSQL as both drivers understand it: with TLS (`sslmode=require`) unless it is on this machine or says
 * otherwise itself. `sslmode=disable` is left out, since one driver takes any word for a wish for TLS.
 */
export function withTls(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  const mode = url.searchParams.get('sslmode')
  if (mode === null && isLoopback(databaseUrl)) return databaseUrl
  if (mode === 'disable') url.searchParams.delete('sslmode')
  else if (mode === null) url.searchParams.set('sslmode', 'require')
  return url.href
}

/** Without TLS only where the address says `?tls=off`, or leads to this machine. */
export function needsTls(url: string): boolean {
  return !isLoopback(url) && new URL(url).searchParams.get('tls') !== 'off'
}

/** What the address says to us alone, taken out. */
export function withoutTlsWord(url: string): string {
  return url.replace(/\?tls=off$/, '')
}
