import { z } from 'zod'
import { Id } from '../primitives.ts'

/** What happens to accounts. */
export const platformEvents = {
  'user.password-changed': z.object({ userId: Id }),
  'user.profile-updated': z.object({ userId: Id }),
  'user.email-changed': z.object({ userId: Id, from: z.string(), to: z.string() }),
  'user.second-factor-changed': z.object({ userId: Id, on: z.boolean() }),
  'user.credential-added': z.object({
    userId: Id,
    kind: z.enum(['passkey', 'identity', 'token']),
    name: z.string(),
  }),
} as const

/** Those after which people who are signed out are to see something else at once. */
export const publicPlatformEvents = ['user.profile-updated'] as const
