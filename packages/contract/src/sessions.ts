import { z } from 'zod'
import { CurrentUser, Email } from './users.ts'

/** Sign-in. A password of any shape is taken: a wrong one gets the one answer for wrong credentials. */
export const CreateSession = z.strictObject({
  email: Email,
  password: z
    .string()
    .min(1, 'Must not be empty.')
    .max(512, 'Must be at most 512 characters.')
    .overwrite((value) => value.normalize('NFC')),
})
export type CreateSession = z.output<typeof CreateSession>

/** Who the caller is; `user` is null when signed out. */
export const SessionView = z.object({ user: CurrentUser.nullable() })
export type SessionView = z.output<typeof SessionView>
