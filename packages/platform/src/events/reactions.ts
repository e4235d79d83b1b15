import type { EventName, EventPayload } from '@galley/contract/events'
import type { JobDefinition } from '@galley/jobs/jobs'
import {
  tellOfCredential,
  tellOfEmail,
  tellOfPassword,
  tellOfSecondFactor,
} from '../users/security-emails.ts'

/** What follows from events: jobs that get the payload. They run after the commit, each on its own. */
export type Reactions = { [Name in EventName]?: readonly JobDefinition<EventPayload<Name>>[] }

export const platformReactions: Reactions = {
  'user.password-changed': [tellOfPassword],
  'user.email-changed': [tellOfEmail],
  'user.second-factor-changed': [tellOfSecondFactor],
  'user.credential-added': [tellOfCredential],
}
