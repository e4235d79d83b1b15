import type { JobDefinition, JobHandler, JobResult, RunningJob } from '@galley/jobs/jobs'
import { traceIdIn } from '@galley/tracing/traceparent'
import { deleteOldEntries, sweepAudit } from './audit/sweep.ts'
import { systemCtx, transact, type AppDeps, type Ctx, type Log } from './ctx.ts'
import { dispatchAgain, retryDispatch } from './events/dispatch.ts'
import { revokeProviderTokens, revokeTokens } from './identities/delete.ts'
import { sendEmailJob } from './mail/enqueue-email.ts'
import { sendEmail } from './mail/send-email.ts'
import { enqueueDigests, sendDigests } from './notifications/digests.ts'
import { notifyOwner, tellOwner } from './notifications/job-finished.ts'
import { enqueueDueEmails, sendNotifications } from './notifications/send.ts'
import { deleteOldNotifications, sweepNotifications } from './notifications/sweep.ts'
import { processMedia, resumeMedia, resumeWaiting, runProcessing } from './media/process.ts'
import { deleteObjects, removeObjects } from './media/remove.ts'
import { deleteOrphans, deleteUnused, sweepMedia, sweepUnusedMedia } from './media/sweep.ts'
import type { Reactions } from './events/reactions.ts'
import { requireSecondFactors, requireSecondFactorsOfAll } from './users/second-factor-policy.ts'
import { rotateSecrets, rotateSecretsNightly } from './secrets/rotate.ts'
import { rotateKeys, rotateSigningKeys } from './tokens/signing-keys.ts'
import { emailLinkJob, issueEmailLinkIfWanted } from './users/email-links.ts'
import {
  sendCredentialAddedEmail,
  sendEmailChangedEmail,
  sendPasswordChangedEmail,
  sendSecondFactorChangedEmail,
  credentialAddedJob,
  emailChangedJob,
  passwordChangedJob,
  secondFactorChangedJob,
} from './users/security-emails.ts'
import {
  deleteExpiredLimits,
  deleteExpiredSessions,
  deleteExpiredTokens,
  deleteOldJobs,
  deleteOldResults,
  sweepJobs,
  sweepLimits,
  sweepResults,
  sweepSessions,
  sweepTokens,
} from './sweeps.ts'
import { deleteStaleSignUps, sweepUnverified } from './users/sweep.ts'

type Surroundings<Deps extends AppDeps> = { deps: Deps; log: ChildLog }

/** A logger that makes others which say more, as pino's does. */
export type ChildLog = Log & { child(bindings: object): Log }

/** A kind of job, ready for the adapters that it runs with. */
export type RegisteredJob<Deps extends AppDeps = AppDeps> = (
  surroundings: Surroundings<Deps>,
) => JobHandler

/**
 * The kinds of jobs of the platform, one line each. A job may run more than once, so its effect is either `repeatable`,
 * the same when it is repeated, or done `once`, in one transaction with the mark that it is.
 */
export const platformJobs: readonly RegisteredJob[] = [
  repeatable(sweepJobs, deleteOldJobs),
  repeatable(sweepSessions, deleteExpiredSessions),
  repeatable(sendEmailJob, sendEmail),
  once(emailLinkJob, issueEmailLinkIfWanted),
  once(passwordChangedJob, sendPasswordChangedEmail),
  once(emailChangedJob, sendEmailChangedEmail),
  once(secondFactorChangedJob, sendSecondFactorChangedEmail),
  once(credentialAddedJob, sendCredentialAddedEmail),
  repeatable(sweepUnverified, deleteStaleSignUps),
  repeatable(requireSecondFactors, requireSecondFactorsOfAll),
  once(rotateKeys, rotateSigningKeys),
  repeatable(sweepTokens, deleteExpiredTokens),
  repeatable(sweepLimits, deleteExpiredLimits),
  repeatable(sweepResults, deleteOldResults),
  repeatable(processMedia, runProcessing),
  repeatable(resumeMedia, resumeWaiting),
  repeatable(removeObjects, deleteObjects),
  repeatable(sweepMedia, deleteOrphans),
  repeatable(sweepUnusedMedia, deleteUnused),
  repeatable(revokeProviderTokens, revokeTokens),
  repeatable(rotateSecretsNightly, rotateSecrets),
  once(tellOwner, notifyOwner),
  repeatable(sendNotifications, enqueueDueEmails),
  repeatable(sendDigests, enqueueDigests),
  repeatable(sweepNotifications, deleteOldNotifications),
  repeatable(sweepAudit, deleteOldEntries),
]

/** The job for an event that could not be dispatched with the others. */
export const dispatchJob = (reactions: Reactions): RegisteredJob =>
  once(retryDispatch, (ctx, payload) => dispatchAgain(reactions, ctx, payload))

/** The handlers of this process, each call in a context of its own. */
export const jobHandlers = <Deps extends AppDeps>(
  registry: readonly RegisteredJob<Deps>[],
  surroundings: Surroundings<Deps>,
): JobHandler[] => registry.map((bind) => bind(surroundings))

export function once<Payload, Deps extends AppDeps>(
  definition: JobDefinition<Payload>,
  run: (ctx: Ctx & Deps, payload: Payload) => Promise<JobResult>,
): RegisteredJob<Deps> {
  return repeatable<Payload, Deps>(definition, (ctx, payload, job) =>
    transact(ctx, async (tx) => {
      if (await job.once(tx, 'done')) await run({ ...ctx, db: tx }, payload)
    }),
  )
}

export function repeatable<Payload, Deps extends AppDeps>(
  definition: JobDefinition<Payload>,
  run: (ctx: Ctx & Deps, payload: Payload, job: RunningJob) => Promise<JobResult>,
): RegisteredJob<Deps> {
  return (surroundings) => ({
    definition,
    run: (payload, job) =>
      run(contextOf(surroundings, job), definition.payload.parse(payload), job),
  })
}

function contextOf<Deps extends AppDeps>(
  { deps, log }: Surroundings<Deps>,
  { id, name, requestId, traceparent }: RunningJob,
): Ctx & Deps {
  const cause = requestId ?? id
  const bindings = { job: name, jobId: id, requestId: cause, traceId: traceIdIn(traceparent) }
  return systemCtx(deps, { log: log.child(bindings), requestId: cause, traceparent })
}
