import type { RunningJob } from '@galley/jobs/jobs'
import type { Email } from '@galley/mail/mailer'
import { transact, type Ctx } from '../ctx.ts'

/** The job that sends an e-mail; each of its attempts has the same id. */
export type EmailJob = Pick<RunningJob, 'id' | 'once'>

type EmailLink = {
  /** The purpose of its token, and the path that it leads to. */
  letter: string
  /** Whose it is: links of the same kind that were mailed to them before end with it. */
  userId?: string
  label: string
  /** What the token carries. */
  data: object
  minutes: number
}

/**
 * A link to the configured address that works once. Its token is made of the job's id and a key, so that an attempt can
 * repeat what an earlier one may have sent; its time starts again with each. Null where it was followed already, or a
 * later e-mail took its place.
 */
export async function emailLink(
  ctx: Ctx,
  { letter, userId, label, data, minutes }: EmailLink,
  job: EmailJob,
): Promise<Email['action'] | null> {
  const tokens = ctx.secretBox.signatures('mailed-link', `${letter} ${job.id}`)
  const live = await transact(ctx, async (tx) => {
    if (await job.once(tx, 'link')) {
      if (userId !== undefined) await ctx.oneTimeTokens.revoke(tx, letter, userId)
      const [token] = tokens
      const owner = userId === undefined ? {} : { userId }
      return ctx.oneTimeTokens.issue(tx, { purpose: letter, ...owner, data, minutes, token })
    }
    for (const token of tokens) {
      if (await ctx.oneTimeTokens.prolong(tx, letter, token, minutes)) return token
    }
  })
  return live === undefined ? null : { label, url: `${ctx.site.origin}/${letter}?token=${live}` }
}
