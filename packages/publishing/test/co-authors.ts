import { auditLog, outbox } from '@galley/db/schema'
import { asc, eq, sql } from 'drizzle-orm'
import { createArticle } from '../src/articles/create.ts'
import { inviteCoAuthor, listAuthors } from '../src/co-authors/manage.ts'
import { acceptCoAuthorship } from '../src/co-authors/respond.ts'
import type { useTestDomain } from './context.ts'

type Domain = ReturnType<typeof useTestDomain>
export type Person = Awaited<ReturnType<Domain['person']>>

export const nameOf = ({ actor }: Person) => actor.user.username

export const draftOf = async (author: Person) =>
  (await createArticle(author, { title: 'On hedges', body: 'They grow.' })).id

export const invite = (by: Person, articleId: string, person: Person) =>
  inviteCoAuthor(by, { articleId, username: nameOf(person) })

/** An article of the first, which the others write along. */
export async function written(author: Person, ...others: Person[]) {
  const articleId = await draftOf(author)
  for (const other of others) {
    await invite(author, articleId, other)
    await acceptCoAuthorship(other, { articleId })
  }
  return articleId
}

/** The usernames of a byline, those who are only invited among them. */
export const namesOf = async (by: Person, articleId: string) =>
  (await listAuthors(by, { articleId })).items.map(({ username }) => username)

export const bylineEvents = async ({ db }: Domain['database'], articleId: string) =>
  (
    await db
      .select({ event: outbox.event, payload: outbox.payload })
      .from(outbox)
      .where(
        sql`${outbox.payload}->>'articleId' = ${articleId} and ${outbox.event} like 'byline.%'`,
      )
      .orderBy(asc(outbox.xid), asc(outbox.id))
  ).map(({ event, payload }) => [event, payload])

export const auditedActions = async ({ db }: Domain['database'], articleId: string) =>
  (
    await db
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.targetId, articleId))
      .orderBy(asc(auditLog.id))
  ).map(({ action }) => action)
