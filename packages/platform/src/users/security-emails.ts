import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact, type Ctx } from '../ctx.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'

// People are told by mail what happened to their ways in (OWASP ASVS 5.0 6.3.7).

export const tellOfPassword: Notice<'user.password-changed'> = {
  name: 'users.tell-of-password',
  payload: events['user.password-changed'],
}

export const tellOfEmail: Notice<'user.email-changed'> = {
  name: 'users.tell-of-email',
  payload: events['user.email-changed'],
}

export const tellOfSecondFactor: Notice<'user.second-factor-changed'> = {
  name: 'users.tell-of-second-factor',
  payload: events['user.second-factor-changed'],
}

export const tellOfCredential: Notice<'user.credential-added'> = {
  name: 'users.tell-of-credential',
  payload: events['user.credential-added'],
}

export const mailOfPassword: Mailing<'user.password-changed'> = (ctx, { userId }) =>
  mail(ctx, { letter: 'password-changed', userId })

/** To the address before: the new one was asked already. */
export const mailOfEmail: Mailing<'user.email-changed'> = (ctx, { userId, from }) =>
  mail(ctx, { letter: 'email-changed', userId, email: from })

export const mailOfSecondFactor: Mailing<'user.second-factor-changed'> = (ctx, { userId, on }) =>
  mail(ctx, { letter: 'second-factor-changed', userId, on })

export const mailOfCredential: Mailing<'user.credential-added'> = (ctx, { userId, kind, name }) =>
  mail(ctx, { letter: 'credential-added', userId, kind, name })

type Notice<Name extends EventName> = JobDefinition<EventPayload<Name>>

type Mailing<Name extends EventName> = (ctx: Ctx, payload: EventPayload<Name>) => Promise<void>

const mail = (ctx: Ctx, letter: Parameters<typeof enqueueEmail>[2]) =>
  transact(ctx, (tx) => enqueueEmail(ctx, tx, letter))
