import { listAudit, listSecurityEvents } from '@galley/platform/audit/list'
import { deleteOldEntries } from '@galley/platform/audit/sweep'
import { systemCtx } from '@galley/platform/ctx'
import { dispatchEvents } from '@galley/platform/events/dispatch'
import { listMedia } from '@galley/platform/media/list'
import { findServed } from '@galley/platform/media/queries'
import { deleteUnused } from '@galley/platform/media/sweep'
import { countUnread, listNotifications } from '@galley/platform/notifications/list'
import { deleteOldNotifications } from '@galley/platform/notifications/sweep'
import { deleteExpiredTokens } from '@galley/platform/sweeps'
import { listUsers } from '@galley/platform/users/list'
import { deleteStaleSignUps } from '@galley/platform/users/sweep'
import { getArticlesAround } from '@galley/publishing/articles/around'
import { getArticle } from '@galley/publishing/articles/get'
import { publishArticle, unpublishArticle } from '@galley/publishing/articles/publish'
import { updateArticle } from '@galley/publishing/articles/update'
import { createComment } from '@galley/publishing/comments/write'
import { createFavourite, deleteFavourite } from '@galley/publishing/favourites/change'
import { createFollow, deleteFollow } from '@galley/publishing/follows/change'
import { listFollowers } from '@galley/publishing/follows/list'
import { getProfile } from '@galley/publishing/profiles/get'
import { searchArticles } from '@galley/publishing/search/articles'
import { suggestSearch } from '@galley/publishing/search/suggest'
import { getTag } from '@galley/publishing/tags/list'
import type { Db } from '@galley/db/client'
import type { Deps } from '../../../src/deps.ts'
import { callersOn, id, listsOf } from '../lists/world.ts'
import { hourlyJobs } from './jobs.ts'
import { requestCalls } from './requests.ts'

/** What pages and programs ask for most, what every request sends, and jobs: all that run every hour or oftener, some nightly ones. */
export async function hotCalls(
  deps: Deps,
  db: Db,
  size: number,
): Promise<Record<string, () => Promise<unknown>>> {
  const callers = callersOn(deps, db)
  const { as, anybody } = callers
  const system = { ...systemCtx(deps.domain), db }
  const articleId = id(3, size - 1)
  // One of those that "reader-1" has written.
  const [author, own] = [as(1), id(3, 10)]
  const lists = Object.entries(listsOf(callers, size)).map(([name, read]) => [
    `list: ${name}`,
    read,
  ])
  return {
    ...Object.fromEntries(lists),
    'who calls, by a cookie': () => deps.domain.sessions.validate(db, 'x'.repeat(43)),
    'an article': () => getArticle(anybody, { slug: `article-${size}` }),
    'an article, signed in': () => getArticle(as(1), { slug: `article-${size}` }),
    'articles around one': () => getArticlesAround(anybody, { id: articleId }),
    'a person': () => getProfile(as(1), { username: 'reader-2' }),
    'a tag': () => getTag(anybody, { slug: 'tag-0' }),
    followers: () => listFollowers(anybody, { username: 'reader-2', limit: 20 }),
    search: () => searchArticles(anybody, { q: 'engines', limit: 20 }),
    'search of a tag': () => searchArticles(anybody, { q: 'engines', tag: 'tag-0', limit: 20 }),
    suggestions: () => suggestSearch(anybody, { q: 'engi' }),
    notifications: () => listNotifications(as(1), { limit: 20 }),
    'unread notifications': () => countUnread(as(1)),
    'a file': () => findServed(db, { id: id(9, 1), viewer: as(1).actor.user.id, now: new Date() }),
    'own files': () => listMedia(as(1), { limit: 20 }),
    'own files that nothing uses': () => listMedia(as(1), { limit: 20, used: false }),
    'the audit log': () => listAudit(as(1), { limit: 20 }),
    'the audit log, of a person': () => listAudit(as(1), { limit: 20, person: 'reader-2' }),
    'own security events': () => listSecurityEvents(as(1), { limit: 20 }),
    'people, by the beginning of a name': () => listUsers(as(1), { limit: 20, query: 'per' }),
    'a title': () => updateArticle(author, { id: own, version: 'any', title: `On ${Date.now()}` }),
    'an article, taken back': () => unpublishArticle(author, { id: own, version: 'any' }),
    'an article, published': () => publishArticle(author, { id: own, version: 'any' }),
    'a comment': () => createComment(as(1), { articleId, body: 'A remark.' }),
    'a favourite': () => createFavourite(as(1), { articleId }),
    'no favourite': () => deleteFavourite(as(1), { articleId }),
    'a follow': () => createFollow(as(1), { username: 'reader-7' }),
    'no follow': () => deleteFollow(as(1), { username: 'reader-7' }),
    ...requestCalls(deps, db),
    ...(await hourlyJobs(deps, db)),
    'job: events': () => dispatchEvents({}, system),
    'job: tokens.sweep': () => deleteExpiredTokens(system),
    'job: notifications.sweep': () => deleteOldNotifications(system),
    'job: audit.sweep': () => deleteOldEntries(system),
    'job: media.sweep-unused': () => deleteUnused(system),
    'job: users.sweep-unverified': () => deleteStaleSignUps(system),
  }
}
