import { users } from '@galley/db/schema'
import type { Letter } from '@galley/mail/mailer'
import { eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import type { LetterRequest } from './jobs.ts'

type Person = typeof users.$inferSelect

/** How long mailed links work. */
const LINK_MINUTES = {
  'verify-email': 24 * 60,
  'reset-password': 60,
  'confirm-email': 60,
} as const

type LinkLetter = keyof typeof LINK_MINUTES

/** The letter, with its link where it has one; null where there is nobody any more, or nothing left to say. */
export async function composeLetter(ctx: Ctx, request: LetterRequest): Promise<Letter | null> {
  const [person] = await ctx.db.select().from(users).where(eq(users.id, request.userId))
  if (!person || (request.letter === 'verify-email' && person.emailVerifiedAt)) return null
  const to = 'email' in request ? request.email : person.email
  const { paragraphs, ...text } = textOf(ctx, person, request)
  const greeting = `Hello ${person.displayName},`
  return { to, ...text, paragraphs: [greeting, ...paragraphs], ...(await actionOf(ctx, request)) }
}

function textOf({ site }: Ctx, person: Person, request: LetterRequest) {
  const ifNotYou = `If it was not you, sign in at ${site.origin}/sign-in and change your password at once. If you cannot, ask for a new one at ${site.origin}/forgot-password.`
  switch (request.letter) {
    case 'verify-email':
      return {
        subject: `Confirm your address at ${site.name}`,
        paragraphs: [
          `somebody, probably you, made the account ${person.username} at ${site.name} with this e-mail address. Confirm it within 24 hours, then sign in.`,
          'If it was not you, do nothing: without a confirmation the account goes away by itself.',
        ],
      }
    case 'account-exists':
      return {
        subject: `You have an account at ${site.name}`,
        paragraphs: [
          `somebody, probably you, wanted to make an account at ${site.name} with this e-mail address. There is one already, with the username ${person.username}: sign in with it.`,
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
          `the account ${person.username} is to have this e-mail address. Confirm it within an hour.`,
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

async function actionOf(ctx: Ctx, request: LetterRequest) {
  const { origin } = ctx.site
  switch (request.letter) {
    case 'verify-email':
      return { action: await link(ctx, request, 'Confirm this address', {}) }
    case 'reset-password':
      return { action: await link(ctx, request, 'Choose a new password', {}) }
    case 'confirm-email': {
      const { email, tokenVersion } = request
      return { action: await link(ctx, request, 'Confirm this address', { email, tokenVersion }) }
    }
    case 'account-exists':
      return { action: { label: 'Sign in', url: `${origin}/sign-in` } }
    default:
      return {}
  }
}

/** A link that works once; those of the same kind that were mailed before end with it. From the configured address only. */
async function link(
  ctx: Ctx,
  { letter, userId }: { letter: LinkLetter; userId: string },
  label: string,
  data: object,
) {
  await ctx.oneTimeTokens.revoke(ctx.db, letter, userId)
  const minutes = LINK_MINUTES[letter]
  const token = await ctx.oneTimeTokens.issue(ctx.db, { purpose: letter, userId, data, minutes })
  return { label, url: `${ctx.site.origin}/${letter}?token=${token}` }
}
