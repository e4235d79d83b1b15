import { dispatchJob, platformJobs } from '@galley/platform/job-registry'
import { platformReactions } from '@galley/platform/events/reactions'
import { publishingJobs } from '@galley/publishing/jobs'

export const reactions = platformReactions

/** Every kind of job that a worker runs. */
export const jobs = [...platformJobs, dispatchJob(reactions), ...publishingJobs]
