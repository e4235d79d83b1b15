import { Role } from '@galley/contract/platform/users'
import { z } from 'zod'
import { int } from './numbers.ts'

/** Names of roles, separated by commas. */
const RoleList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(Role))

/** How long people stay signed in, what they need for it, and how long it is known what they did. */
export const signInVariables = {
  SESSION_IDLE_DAYS: int(1, 400)
    .default(14)
    .describe('A session ends after so many days without a request.'),
  SESSION_ABSOLUTE_DAYS: int(1, 400)
    .default(30)
    .describe('A session ends so many days after sign-in, however it is used.'),
  SECOND_FACTOR_ROLES: RoleList.default([]).describe(
    'Roles that need a second factor, separated by commas: editor,admin. Who has not set it up in time can only read.',
  ),
  SECOND_FACTOR_GRACE_DAYS: int(0, 365)
    .default(14)
    .describe(
      'How many days people have to set it up, from within an hour of the setting or of being given such a role.',
    ),
  AUDIT_LOG_DAYS: int(91, 36_500)
    .default(730)
    .describe(
      'For how many days entries of the audit log are kept: two years unless set. The database refuses to take away what is younger than 90 days.',
    ),
}
