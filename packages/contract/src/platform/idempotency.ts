import { z } from 'zod'

/** How long a call may be sent again with its key. */
export const IDEMPOTENCY_HOURS = 24

/**
 * The value of `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): a quoted string of RFC 8941, or the
 * same without quotes, as most programs send it; 1 to 255 visible ASCII characters, the quoted form also spaces.
 */
export const IdempotencyKey = z
  .string()
  .regex(/^(?:[!#-+\--[\]-~]{1,255}|"(?:[ !#-[\]-~]|\\["\\]){1,255}")$/)
  .describe(
    'Made by the caller for one write, unguessable: a UUID. The same key is the same write.',
  )
