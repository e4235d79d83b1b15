import type { EventName, EventPayload } from '@galley/contract/events'
import type { JobDefinition } from '@galley/jobs/jobs'
import {
  tellOfCredential,
  tellOfEmail,
  tellOfPassword,
  tellOfSecondFactor,
} from './users/notices.ts'

/** What follows from an event: jobs that get its payload. They run after it has been committed, each on its own. */
export const reactions: { [Name in EventName]?: readonly JobDefinition<EventPayload<Name>>[] } = {
  'user.password-changed': [tellOfPassword],
  'user.email-changed': [tellOfEmail],
  'user.second-factor-changed': [tellOfSecondFactor],
  'user.credential-added': [tellOfCredential],
}
