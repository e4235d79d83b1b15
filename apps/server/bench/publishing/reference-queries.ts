import { randomUUIDv7 } from 'node:crypto'
import postgres, { type Options, type ParameterOrJSON } from 'postgres'

type Row = postgres.Row
type Session = { session: string }

// Nobody has a picture in these data, and no article a cover of the media library.
const byline = `json_build_object('username', u.username, 'displayName', u.display_name,
  'avatarUrl', u.avatar_media_id)`
const author = `${byline} as author`

const viewer = `viewer as materialized (select user_id as id from sessions
  where id = $1 and expires_at > now() and absolute_expires_at > now())`

const summary = `a.id, a.slug, a.title, a.description, a.cover_url as "coverUrl", a.cover_media_id as cover,
  coalesce(a.language, a.detected_language) as language, ${author}, json_build_array(${byline}) as authors,
  a.tag_slugs as tags, a.published_at as "publishedAt", a.words,
  a.favourite_count as "favouriteCount", a.comment_count as "commentCount"`

const list = (condition: string) => `select ${summary}, false as favourited
  from articles a join users u on u.id = a.author_id where a.status = 'published' ${condition}
  order by a.published_at desc, a.id desc limit $1`
const first = list('')
const next = list('and (a.published_at, a.id) < ($2::timestamptz, $3::uuid)')

const article = `select ${summary}, false as favourited, a.status, a.version,
    a.body_html as "bodyHtml", a.headings, a.updated_at as "updatedAt", a.comments_closed as "commentsClosed"
  from articles a join users u on u.id = a.author_id where a.slug = $1`

const search = `select ${summary}, false as favourited
  from (
    select article_id from article_search s, websearch_to_tsquery('simple', $1) query
    where s.status = 'published' and (s.head || s.body) @@ query
    order by ts_rank(s.head || s.body, query) desc, article_id desc limit $2
  ) found
  join articles a on a.id = found.article_id join users u on u.id = a.author_id`

const feed = `with ${viewer}
  select ${summary}, coalesce((select true from favourites f
    where f.article_id = a.id and f.user_id = (select id from viewer)), false) as favourited
  from (
    select recent.id from viewer join follows on follows.follower_id = viewer.id
    cross join lateral (select article_id as id, published_at from article_authors
      where user_id = follows.followed_id and published_at is not null
      order by published_at desc, article_id desc limit $2) recent
    group by recent.id, recent.published_at order by recent.published_at desc, recent.id desc limit $2
  ) newest
  join articles a on a.id = newest.id join users u on u.id = a.author_id
  order by a.published_at desc, a.id desc`

const addComment = `with ${viewer}, added as (
    insert into comments (id, article_id, author_id, body, body_html, render_version)
    select $2, a.id, viewer.id, $4, $5, 1 from articles a, viewer
    where a.id = $3 and a.status = 'published' and not a.comments_closed
    returning *
  ), told as (
    insert into outbox (id, event, payload, request_id)
    select $6, 'comment.created', jsonb_build_object('commentId', id, 'articleId', article_id), 'reference'
    from added
  )
  select added.id, article_id as "articleId", parent_id as "parentId", null as answers, ${author}, body, body_html as "bodyHtml",
    added.created_at as "createdAt", edited_at as "editedAt", deleted_at as "deletedAt",
    reply_count as "replyCount"
  from added join users u on u.id = added.author_id`

type Queries = ReturnType<typeof createReferenceQueries>

export type ReferenceQueries = {
  [Name in keyof Queries]: (...input: Parameters<Queries[Name]>) => Promise<unknown>
} & {
  /** With a piece of each text in which the words are marked, as Galley returns them. */
  searchWithExcerpts?: (...input: Parameters<Queries['search']>) => Promise<unknown>
}

/** The statements of the reference, written by hand; the driver prepares each of them once a connection. */
export function createReferenceQueries(url: string, settings: Options<{}>) {
  const sql = postgres(url, settings)
  const run = (text: string, values: ParameterOrJSON<never>[]) =>
    sql.unsafe(text, values, { prepare: true })

  return {
    async list({ limit, cursor }: { limit: number; cursor: string | null }) {
      if (cursor === null) return page(limit, await run(first, [limit + 1]))
      const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
      return page(limit, await run(next, [limit + 1, new Date(time).toISOString(), id]))
    },
    async search({ q, limit }: { q: string; limit: number }) {
      return { items: await run(search, [q, limit]) }
    },
    async article(slug: string) {
      const [row] = await run(article, [slug])
      return row && Object.assign(row, { can: nothing })
    },
    async feed({ limit, session }: { limit: number } & Session) {
      return page(limit, await run(feed, [session, limit + 1]))
    },
    async addComment({ articleId, body, session }: { articleId: string; body: string } & Session) {
      const html = `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
      const ids = [randomUUIDv7(), articleId]
      const [row] = await run(addComment, [session, ...ids, body, html, randomUUIDv7()])
      return row && Object.assign(row, { can: { edit: true, delete: true, reply: true } })
    },
    close: () => sql.end({ timeout: 1 }),
  }
}

export const nothing = {
  annotate: false,
  archive: false,
  closeComments: false,
  comment: false,
  decideReview: false,
  delete: false,
  edit: false,
  favourite: false,
  manageAuthors: false,
  publish: false,
  requestReview: false,
  schedulePublish: false,
  scheduleUnpublish: false,
  unarchive: false,
  unpublish: false,
  unschedule: false,
  withdrawReview: false,
}

export function page(limit: number, rows: Row[]) {
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  const nextCursor = last
    ? Buffer.from(JSON.stringify([last.publishedAt.getTime(), last.id])).toString('base64url')
    : null
  return { items, page: { nextCursor } }
}
