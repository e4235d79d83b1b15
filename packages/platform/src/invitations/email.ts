import { invitations } from '@galley/db/schema'
import type { Email } from '@galley/mail/mailer'
import { eq } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { emailLink, type EmailJob } from '../mail/email-link.ts'

const asRole = { reader: 'a reader', author: 'an author', editor: 'an editor', admin: 'an admin' }

/** The mail of an invitation; null where it was withdrawn or has expired. It names nobody: the address is not proved yet. */
export async function invitationEmail(
  ctx: Ctx,
  { invitationId }: { invitationId: string },
  job: EmailJob,
): Promise<Email | null> {
  const [row] = await ctx.db.select().from(invitations).where(eq(invitations.id, invitationId))
  const minutes = row ? Math.floor((row.expiresAt.getTime() - ctx.now().getTime()) / 60_000) : 0
  if (!row || minutes <= 0) return null
  const link = { letter: 'invitation', label: 'Accept the invitation', data: { invitationId } }
  const action = await emailLink(ctx, { ...link, minutes }, job)
  if (!action) return null
  const { site } = ctx
  const last = row.expiresAt.toISOString().slice(0, 10)
  return {
    to: row.email,
    subject: `An invitation to ${site.name}`,
    paragraphs: [
      'Hello,',
      `you are invited to join ${site.name} as ${asRole[row.role]}. The link works until ${last}.`,
      'If you did not expect this, do nothing.',
    ],
    action,
  }
}
