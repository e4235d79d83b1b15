import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact, type Ctx } from '../ctx.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'

// People get a mail about each change of how they sign in (OWASP ASVS 5.0 6.3.7).

export const passwordChangedJob: Notice<'user.password-changed'> = {
  name: 'users.tell-of-password',
  payload: events['user.password-changed'],
}

export const emailChangedJob: Notice<'user.email-changed'> = {
  name: 'users.tell-of-email',
  payload: events['user.email-changed'],
}

export const secondFactorChangedJob: Notice<'user.second-factor-changed'> = {
  name: 'users.tell-of-second-factor',
  payload: events['user.second-factor-changed'],
}

export const credentialAddedJob: Notice<'user.credential-added'> = {
  name: 'users.tell-of-credential',
  payload: events['user.credential-added'],
}

export const sendPasswordChangedEmail: Mailing<'user.password-changed'> = (ctx, { userId }) =>
  mail(ctx, { letter: 'password-changed', userId })

/** To the address before: the new one was asked already. */
export const sendEmailChangedEmail: Mailing<'user.email-changed'> = (ctx, { userId, from }) =>
  mail(ctx, { letter: 'email-changed', userId, email: from })

export const sendSecondFactorChangedEmail: Mailing<'user.second-factor-changed'> = (
  ctx,
  { userId, on },
) => mail(ctx, { letter: 'second-factor-changed', userId, on })

export const sendCredentialAddedEmail: Mailing<'user.credential-added'> = (
  ctx,
  { userId, kind, name },
) => mail(ctx, { letter: 'credential-added', userId, kind, name })

type Notice<Name extends EventName> = JobDefinition<EventPayload<Name>>

type Mailing<Name extends EventName> = (ctx: Ctx, payload: EventPayload<Name>) => Promise<void>

const mail = (ctx: Ctx, request: Parameters<typeof enqueueEmail>[2]) =>
  transact(ctx, (tx) => enqueueEmail(ctx, tx, request))
