import { z } from 'zod'

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
