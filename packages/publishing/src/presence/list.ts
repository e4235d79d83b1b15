import { Place, type Presence, type PresenceOfArticle } from '@galley/contract/publishing/presence'
import { toByline } from '@galley/platform/users/queries'
import { getArticleToDo } from '../articles/find.ts'
import type { AuthedCtx } from '../ctx.ts'
import { findOthers } from './queries.ts'

/** Who else has an article open to edit it, and where they are. */
export async function listPresence(ctx: AuthedCtx, input: PresenceOfArticle): Promise<Presence> {
  await getArticleToDo(ctx, 'edit', input.articleId)
  return findPresence(ctx, input)
}

/** The same for a caller who is known to edit it. */
export async function findPresence(
  ctx: AuthedCtx,
  { articleId }: PresenceOfArticle,
): Promise<Presence> {
  const rows = await findOthers(ctx.db, { articleId, userId: ctx.actor.user.id })
  return { people: rows.map(toPresentPerson) }
}

/** A place of another version, which this one cannot read, is none. */
const toPresentPerson = ({ person, place }: Awaited<ReturnType<typeof findOthers>>[number]) => ({
  person: toByline(person),
  place: Place.safeParse(place).data ?? null,
})
