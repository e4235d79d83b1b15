import { randomUUIDv7 } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { nothing, page, type ReferenceQueries } from './reference-queries.ts'

/**
 * The same answers by what is usually written: tagged templates, a statement for the session and one for the thing, tags and
 * counts by subquery, on the tables of `data/conventional.sql`.
 */
export function createConventionalQueries(url: string): ReferenceQueries {
  const sql = postgres(url, { connection: { search_path: 'conventional' } })

  return {
    async list({ limit, cursor }) {
      const [time, id] = cursor ? JSON.parse(Buffer.from(cursor, 'base64url').toString()) : []
      const after = cursor
        ? sql`and (a.published_at, a.id) < (${new Date(time)}, ${id}::uuid)`
        : sql``
      const rows = await sql`
        select ${summary(sql)}, false as favourited
        from articles a join users u on u.id = a.author_id
        where a.status = 'published' ${after}
        order by a.published_at desc, a.id desc limit ${limit + 1}`
      return page(limit, rows)
    },
    async search({ q, limit }) {
      const items = await sql`
        select ${summary(sql)}, false as favourited
        from websearch_to_tsquery('english', ${q}) query, articles a join users u on u.id = a.author_id
        where a.status = 'published' and a.search @@ query
        order by ts_rank(a.search, query) desc, a.id desc limit ${limit}`
      return { items }
    },
    async searchWithExcerpts({ q, limit }) {
      const items = await sql`
        select ${summary(sql)}, false as favourited, ts_headline('english', a.body, query) as excerpt
        from websearch_to_tsquery('english', ${q}) query, articles a join users u on u.id = a.author_id
        where a.status = 'published' and a.search @@ query
        order by ts_rank(a.search, query) desc, a.id desc limit ${limit}`
      return { items }
    },
    async article(slug) {
      const [row] = await sql`
        select ${summary(sql)}, false as favourited, a.status, a.version, a.body_html as "bodyHtml", a.headings,
          a.updated_at as "updatedAt", a.comments_closed as "commentsClosed"
        from articles a join users u on u.id = a.author_id where a.slug = ${slug}`
      return row && Object.assign(row, { can: nothing })
    },
    async feed({ limit, session }) {
      const viewer = await viewerOf(session)
      const rows = await sql`
        select ${summary(sql)}, exists (select 1 from favourites f
          where f.article_id = a.id and f.user_id = ${viewer.id}) as favourited
        from articles a join users u on u.id = a.author_id
        where a.status = 'published'
          and a.author_id in (select followed_id from follows where follower_id = ${viewer.id})
        order by a.published_at desc, a.id desc limit ${limit + 1}`
      return page(limit, rows)
    },
    async addComment({ articleId, body, session }) {
      const viewer = await viewerOf(session)
      const html = `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
      const [row] = await sql`
        insert into comments (id, article_id, author_id, body, body_html)
        select ${randomUUIDv7()}, id, ${viewer.id}, ${body}, ${html}
        from articles where id = ${articleId} and status = 'published' and not comments_closed
        returning id, article_id as "articleId", parent_id as "parentId", null as answers, body,
          body_html as "bodyHtml", created_at as "createdAt", edited_at as "editedAt",
          deleted_at as "deletedAt", 0 as "replyCount"`
      const { username, displayName } = viewer
      const author = { username, displayName, avatarUrl: null }
      return row && Object.assign(row, { author, can: { edit: true, delete: true, reply: true } })
    },
    close: () => sql.end({ timeout: 1 }),
  }

  async function viewerOf(session: string) {
    const [viewer] = await sql<{ id: string; username: string; displayName: string }[]>`
      select u.id, u.username, u.display_name as "displayName"
      from sessions s join users u on u.id = s.user_id
      where s.id = ${session} and s.expires_at > now() and s.absolute_expires_at > now()`
    if (!viewer) throw new Error('Not signed in')
    return viewer
  }
}

const summary = (sql: Sql) => sql`
  a.id, a.slug, a.title, a.description, a.cover_url as "coverUrl", null as cover, a.language, a.words,
  json_build_object('username', u.username, 'displayName', u.display_name, 'avatarUrl', null) as author,
  json_build_array(json_build_object('username', u.username, 'displayName', u.display_name, 'avatarUrl', null)) as authors,
  array(select t.slug from article_tags x join tags t on t.id = x.tag_id
    where x.article_id = a.id order by x.position) as tags,
  a.published_at as "publishedAt",
  (select count(*)::int from favourites f where f.article_id = a.id) as "favouriteCount",
  (select count(*)::int from comments c where c.article_id = a.id) as "commentCount"`
