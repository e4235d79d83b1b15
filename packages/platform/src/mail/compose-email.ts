import { users } from '@galley/db/schema'
import type { Email } from '@galley/mail/mailer'
import { eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { invitationEmail } from '../invitations/create.ts'
import { notificationsEmail } from '../notifications/email.ts'
import type { EmailRequest } from './enqueue-email.ts'
import { emailLink, type EmailJob } from './email-link.ts'

type Person = typeof users.$inferSelect

/** How long mailed links work. */
const LINK_MINUTES = {
  'verify-email': 24 * 60,
  'reset-password': 60,
  'confirm-email': 60,
} as const

/** All but those that are written elsewhere. */
type ToPerson = Exclude<EmailRequest, { letter: 'invitation' | 'notifications' }>

type LinkEmail = keyof typeof LINK_MINUTES

/**
 * The e-mail, the same at every attempt of its job, with its link where it has one. Null where the account is gone, or
 * there is nothing left to say.
 */
export async function composeEmail(
  ctx: Ctx,
  request: EmailRequest,
  job: EmailJob,
): Promise<Email | null> {
  if (request.letter === 'invitation') return invitationEmail(ctx, request, job)
  if (request.letter === 'notifications') return notificationsEmail(ctx, request)
  const [person] = await ctx.db.select().from(users).where(eq(users.id, request.userId))
  if (!person || (request.letter === 'verify-email' && person.emailVerifiedAt)) return null
  const to = 'email' in request ? request.email : person.email
  const { paragraphs, ...text } = textOf(ctx, person, request)
  const greeting = isProven(person, request) ? `Hello ${person.displayName},` : 'Hello,'
  const action = await actionOf(ctx, request, job)
  if (action === null) return null
  return { to, ...text, paragraphs: [greeting, ...paragraphs], ...(action && { action }) }
}

/** Only who has proved that the address is theirs is named in mail to it: a stranger may have chosen the names. */
const isProven = ({ emailVerifiedAt }: Person, { letter }: EmailRequest) =>
  emailVerifiedAt !== null && letter !== 'confirm-email'

function textOf({ site }: Ctx, person: Person, request: ToPerson) {
  const ifNotYou = `If it was not you, sign in at ${site.origin}/sign-in and change your password at once. If you cannot, ask for a new one at ${site.origin}/forgot-password.`
  switch (request.letter) {
    case 'verify-email':
      return {
        subject: `Confirm your address at ${site.name}`,
        paragraphs: [
          `somebody, probably you, signed up at ${site.name} with this e-mail address. Confirm it within 24 hours, then sign in.`,
          'If it was not you, do nothing: without a confirmation the account goes away by itself.',
        ],
      }
    case 'account-exists':
      return {
        subject: `You have an account at ${site.name}`,
        paragraphs: [
          `somebody, probably you, wanted to make an account at ${site.name} with this e-mail address. There is one already${isProven(person, request) ? `, with the username ${person.username}` : ''}: sign in with it.`,
          `Should you have forgotten the password, ask for a new one at ${site.origin}/forgot-password. If it was not you, there is nothing to do.`,
        ],
      }
    case 'reset-password':
      return {
        subject: `A new password for ${site.name}`,
        paragraphs: [
          'choose a new password within an hour. All devices will be signed out.',
          'If you did not ask for this, do nothing: your password stays as it is.',
        ],
      }
    case 'confirm-email':
      return {
        subject: `Confirm your new address at ${site.name}`,
        paragraphs: [
          `somebody, probably you, wants to use this e-mail address for their account at ${site.name}. Confirm it within an hour, in a browser in which you are signed in to that account.`,
          'If it was not you, do nothing.',
        ],
      }
    case 'password-changed':
      return {
        subject: `Your password at ${site.name} was changed`,
        paragraphs: ['your password was changed, and all other devices were signed out.', ifNotYou],
      }
    case 'email-changed':
      return {
        subject: `Your address at ${site.name} was changed`,
        paragraphs: [
          `the account ${person.username} has another e-mail address now: this one does not belong to it any more.`,
          'If it was not you, answer to the people who run the site at once.',
        ],
      }
    case 'second-factor-changed':
      return {
        subject: `The second factor of your account was turned ${request.on ? 'on' : 'off'}`,
        paragraphs: [
          request.on
            ? 'from now on you are asked for a code when you sign in. Keep the recovery codes where you find them.'
            : 'from now on your password alone is enough to sign in.',
          ifNotYou,
        ],
      }
    case 'second-factor-reset':
      return {
        subject: 'The second factor of your account was reset',
        paragraphs: [
          `an administrator of ${site.name} took away the second factor of your account, and all devices were signed out. Sign in and set up another one: until then you can only read.`,
          'If you did not ask for this, reply to the people who run the site at once.',
        ],
      }
    case 'credential-added':
      return {
        subject: `${additions[request.kind].subject} was added to your account`,
        paragraphs: [`${additions[request.kind].text}: ${request.name}.`, ifNotYou],
      }
    default:
      return request satisfies never
  }
}

const additions = {
  passkey: { subject: 'A passkey', text: 'you can sign in with a new passkey' },
  identity: { subject: 'A connected account', text: 'you can sign in with a connected account' },
  token: { subject: 'An API token', text: 'a program can act for you with a new token' },
}

/** Null where it was followed already, or a later e-mail took its place. */
async function actionOf(
  ctx: Ctx,
  request: ToPerson,
  job: EmailJob,
): Promise<Email['action'] | null> {
  switch (request.letter) {
    case 'verify-email':
      return link(ctx, { ...request, label: 'Confirm this address', data: {} }, job)
    case 'reset-password':
      return link(ctx, { ...request, label: 'Choose a new password', data: {} }, job)
    case 'confirm-email': {
      const { email, tokenVersion } = request
      const data = { email, tokenVersion }
      return link(ctx, { ...request, label: 'Confirm this address', data }, job)
    }
    case 'account-exists':
      return { label: 'Sign in', url: `${ctx.site.origin}/sign-in` }
    default:
      return undefined
  }
}

type Link = { letter: LinkEmail; userId: string; label: string; data: object }

/** A link of the person's own: those of the same kind that were mailed before end with it. */
const link = (ctx: Ctx, request: Link, job: EmailJob) =>
  emailLink(ctx, { ...request, minutes: LINK_MINUTES[request.letter] }, job)
