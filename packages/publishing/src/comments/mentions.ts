import { MAX_MENTIONS } from '@galley/contract/publishing/comments'
import { mentionsIn } from '@galley/contract/publishing/mentions'
import type { Queryable, Tx } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { commentMentions, users } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { and, eq, isNotNull, sql } from 'drizzle-orm'

/** People as a text names them, in lower case, and what they are called now. */
export type Mentioned = readonly { name: string; userId: string; username: string }[]

export const noPeople: Mentioned = []

/** The names that a Markdown text may mention, each once; those in code are among them. */
export const mentionedNames = (body: string): string[] => [
  ...new Set(mentionsIn(body).map(({ username }) => username)),
]

const peopleByName = prepared((db) =>
  db
    .select({ name: users.username, userId: users.id, username: users.username })
    .from(users)
    .where(
      and(
        sql`${users.username} = any(${sql.placeholder('names')}::text[])`,
        isNotNull(users.emailVerifiedAt),
      ),
    )
    .prepare('mentioned_people'),
)

/** Those of the names that people have. A text without a name costs no statement. */
export async function findMentioned(db: Queryable, names: readonly string[]): Promise<Mentioned> {
  return names.length === 0 ? noPeople : peopleByName(db).execute({ names })
}

/** Whom a stored comment mentions; who has another name since is still meant. */
export const storedMentions = (db: Queryable, commentId: string): Promise<Mentioned> =>
  db
    .select({
      name: commentMentions.username,
      userId: commentMentions.userId,
      username: users.username,
    })
    .from(commentMentions)
    .innerJoin(users, eq(users.id, commentMentions.userId))
    .where(eq(commentMentions.commentId, commentId))

/** Throws where a comment calls more people than it may. */
export function refuseCrowd(mentioned: Mentioned): void {
  if (new Set(mentioned.map(({ userId }) => userId)).size <= MAX_MENTIONS) return
  throw new AppError('request/invalid', {
    fields: [{ path: 'body', message: `Mention at most ${MAX_MENTIONS} people.` }],
  })
}

/** Stores whom a changed comment mentions, in the place of those it did before. */
export async function replaceMentions(
  tx: Tx,
  commentId: string,
  mentioned: Mentioned,
): Promise<void> {
  await tx.delete(commentMentions).where(eq(commentMentions.commentId, commentId))
  if (mentioned.length === 0) return
  const rows = mentioned.map(({ name: username, userId }) => ({ commentId, userId, username }))
  await tx.insert(commentMentions).values(rows)
}
