import { z } from 'zod'

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
