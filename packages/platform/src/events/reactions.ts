import type { EventName, EventPayload } from '@galley/contract/events'
import type { JobDefinition } from '@galley/jobs/jobs'
import { tellOwner } from '../notifications/job-finished.ts'
import {
  credentialAddedJob,
  emailChangedJob,
  passwordChangedJob,
  secondFactorChangedJob,
} from '../users/security-emails.ts'

/** What follows from events: jobs that get the payload. They run after the commit, each on its own. */
export type Reactions = { [Name in EventName]?: readonly JobDefinition<EventPayload<Name>>[] }

export const platformReactions: Reactions = {
  'user.password-changed': [passwordChangedJob],
  'user.email-changed': [emailChangedJob],
  'user.second-factor-changed': [secondFactorChangedJob],
  'user.credential-added': [credentialAddedJob],
  'job.finished': [tellOwner],
}
