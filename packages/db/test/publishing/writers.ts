import { randomUUID } from 'node:crypto'
import postgres, { type Sql, type TransactionSql } from 'postgres'

/**
 * Writes as the services of the version of migration 0006 do, without an end: what a migration must not make fail. Statements
 * take their locks in the services' order, and give up as the server's connections do.
 */
export function startWriters(url: string, count = 6) {
  const sql = postgres(url, {
    max: count,
    onnotice: () => {},
    connection: { application_name: 'writers', lock_timeout: 3_000, statement_timeout: 5_000 },
  })
  const failures: unknown[] = []
  let writes = 0
  const ending = new AbortController()
  const write = async (index: number) => {
    for (let turn = index; !ending.signal.aborted; turn += 1) {
      const kind = kinds[turn % kinds.length] ?? article
      await retried(() => kind(sql)).then(
        () => (writes += 1),
        (error) => failures.push(error),
      )
    }
  }
  const running = Array.from({ length: count }, (_, index) => write(index))
  return {
    failures,
    get writes() {
      return writes
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(running)
      await sql.end({ timeout: 5 })
    },
  }
}

/** Who writes, and the tags that they share. */
export async function insertCast(sql: Sql) {
  await sql`insert into users (id, email, username, display_name)
    values (${author}, 'author@example.com', 'author', 'Author')`
  await sql`insert into tags (id, slug) select gen_random_uuid(), 'tag-' || n from generate_series(1, 8) n
    on conflict do nothing`
}

const author = randomUUID()

const kinds = [article, account, response, touch]

/** A draft with tags, published, taken back or deleted. */
async function article(sql: Sql) {
  const id = randomUUID()
  const [first, second] = [1, 2].map(() => `tag-${Math.ceil(Math.random() * 8)}`)
  await sql.begin(async (tx) => {
    await tx`insert into articles (id, author_id, slug, title, body, render_version)
      values (${id}, ${author}, ${id}, 'Title', 'Body', 1)`
    await tx`insert into tags (id, slug) values (gen_random_uuid(), ${first ?? ''})
      on conflict (slug) do nothing`
    await tx`insert into article_tags (article_id, tag_id, position)
      select ${id}, id, row_number() over () from tags where slug in (${first ?? ''}, ${second ?? ''})`
  })
  await sql.begin(async (tx) => {
    await tx`select from articles where id = ${id} for update`
    await tx`update articles set status = 'published', published_at = now(), version = 2
      where id = ${id}`
    await tx`insert into outbox (id, event, payload, request_id)
      values (gen_random_uuid(), 'article.published', '{}', 'writers')`
  })
  await sql.begin(async (tx) => {
    await tx`select from articles where id = ${id} for update`
    if (Math.random() < 0.5) await tx`delete from articles where id = ${id}`
    else await tx`update articles set status = 'draft', version = 3 where id = ${id}`
    await tx`insert into audit_log (id, action, actor_kind, target_type, target_id, request_id)
      values (gen_random_uuid(), 'article.taken', 'user', 'article', ${id}, 'writers')`
  })
}

/** Signs somebody up and in. */
async function account(sql: Sql) {
  const id = randomUUID()
  const name = id.slice(0, 18)
  const key = `writers:${Math.ceil(Math.random() * 20)}`
  await sql`insert into rate_counters (key, window_start, current, previous, expires_at)
    values (${key}, now(), 1, 0, now())
    on conflict (key) do update set current = rate_counters.current + 1`
  await sql`insert into throttles (key, attempts, window_start, expires_at)
    values (${key}, 1, now(), now())
    on conflict (key) do update set attempts = throttles.attempts + 1`
  await sql.begin(async (tx) => {
    await tx`insert into users (id, email, username, display_name)
      values (${id}, ${`${id}@example.com`}, ${name}, 'Somebody')`
    await tx`insert into credentials (user_id, password_hash) values (${id}, 'hash')`
    await tx`insert into sessions (id, user_id, expires_at, absolute_expires_at)
      values (encode(sha256(${id}::bytea), 'hex'), ${id}, now(), now())`
  })
  await sql`update sessions set last_seen_at = now() where user_id = ${id}`
  await sql`insert into idempotency_keys (caller_id, key_hash, fingerprint, answer)
    values (${id}, 'key', 'fingerprint', '{}')`
}

/** Follows the author, and comments on what is out and marks it. */
async function response(sql: Sql) {
  const [reader] = await sql`select id from users order by id desc limit 1`
  const [found] = await sql`select id from articles where status = 'published' limit 1`
  if (!reader || reader.id === author) return
  await sql`insert into follows (follower_id, followed_id) values (${reader.id}, ${author})
    on conflict do nothing`
  if (!found) return
  const respond = (write: (tx: TransactionSql, articleId: string) => Promise<unknown>) =>
    sql.begin(async (tx) => {
      const [article] = await tx`select id from articles where id = ${found.id} for key share`
      if (article) await write(tx, article.id)
    })
  await respond(async (tx, id) => {
    await tx`insert into comments (id, article_id, author_id, body, body_html, render_version)
      values (gen_random_uuid(), ${id}, ${reader.id}, 'Body', '<p>Body</p>', 1)`
    await tx`insert into outbox (id, event, payload, request_id)
      values (gen_random_uuid(), 'comment.created', '{}', 'writers')`
  })
  await respond(
    (tx, id) => tx`insert into favourites (user_id, article_id) values (${reader.id}, ${id})
      on conflict do nothing`,
  )
  // Now and then somebody takes theirs back.
  if (Math.random() < 0.7) return
  await sql`delete from favourites where user_id = ${reader.id} and article_id = ${found.id}`
  await sql`delete from comments where id in
    (select id from comments where author_id = ${reader.id} limit 1)`
}

/**
 * As the services do with what loses a deadlock: writers who respond to an article and who delete it may take its rows in two
 * orders. Not where a table was waited for: that would be the migration's doing.
 */
async function retried(work: () => Promise<unknown>) {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const isDeadlock = error instanceof postgres.PostgresError && error.code === '40P01'
      if (!isDeadlock || /on relation/.test(error.detail ?? '')) throw error
    }
  }
}

/** Any table, for those that nothing above writes to. */
async function touch(sql: Sql) {
  const [table] = await sql`
    select attname as column, relname as name from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum = 1
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by random() limit 1`
  await sql`update ${sql(table?.name)} set ${sql(table?.column)} = ${sql(table?.column)} where false`
}
