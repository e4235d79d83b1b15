import type { SearchSuggestions, SuggestSearch } from '@galley/contract/publishing/search'
import { TagSlug } from '@galley/contract/publishing/tags'
import { prepared } from '@galley/db/prepared'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { termsOf } from './terms.ts'

const FEW = 5

/** The newest titles that match are ranked, and of those who write and are called so the names are compared: so many. */
const RANKED = 200

const people = sql<SearchSuggestions['people']>`coalesce((
  select json_agg(json_build_object('username', username, 'displayName', display_name))
  from (
    select u.username, u.display_name from (
      select user_id from person_search
      where numnode(wanted.names) > 0 and person_search.names @@ (wanted.names && '''@author'''::tsquery) limit ${RANKED}
    ) matching join users u on u.id = user_id
    where u.email_verified_at is not null
      and exists (select from article_authors a where a.user_id = u.id and a.published_at is not null)
    order by length(u.display_name), u.username limit ${FEW}
  ) people), '[]')`

const tags = sql<SearchSuggestions['tags']>`coalesce((
  select json_agg(json_build_object('slug', slug, 'articleCount', article_count))
  from (
    select slug, article_count from tags
    where article_count > 0 and (starts_with(slug, ${sql.placeholder('tag')}::text) or position('-' || ${sql.placeholder('tag')}::text in slug) > 0)
    order by article_count desc, slug limit ${FEW}
  ) tags), '[]')`

const titles = sql<SearchSuggestions['articles']>`coalesce((
  select json_agg(json_build_object('id', id, 'slug', slug, 'title', title))
  from (
    select a.id, a.slug, a.title from (
      select s.article_id, ts_rank('{0, 0, 0, 1}', s.head, own.query) as rank, s.at
      from (
        select * from article_search s where s.head @@ wanted.wide and s.status = 'published'
        order by s.at desc, s.article_id desc limit ${RANKED}
      ) s join (select unnest(wanted.configs) as config, unnest(wanted.queries) as query) own on own.config = s.config
      where s.head @@ own.query
    ) matching join articles a on a.id = article_id
    where rank > 0 order by rank desc, at desc, a.id limit ${FEW}
  ) titles), '[]')`

const statement = prepared((db) =>
  db
    .select({ people, tags, articles: titles })
    .from(
      sql`(select exact, wide, configs, queries, search_query('simple', search_folded(${sql.placeholder('q')}), search_words(${sql.placeholder('last')}, false)) as names
        from search_queries(${sql.placeholder('q')}, ${sql.placeholder('last')})) as wanted`,
    )
    .prepare('search_suggest'),
)

/** People who have published, tags and titles that begin, or hold words that begin, as what was typed. */
export async function suggestSearch(ctx: Ctx, { q }: SuggestSearch): Promise<SearchSuggestions> {
  const tag = TagSlug.safeParse(q)
  const [found] = await statement(ctx.db).execute({
    q,
    last: termsOf(q).last,
    tag: tag.success ? tag.data : null,
  })
  return found ?? { people: [], tags: [], articles: [] }
}
