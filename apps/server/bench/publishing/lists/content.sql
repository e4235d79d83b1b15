-- :articles articles, all out, of which a tenth is by one author, carries one tag, and is marked by one reader; one article has
-- a comment for each of a tenth. Ids are UUIDv7 in shape: kind in the first group, number in the last.
create function pg_temp.id(kind int, n bigint) returns uuid immutable language sql as $$
  select ('0190000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;
create function pg_temp.moment(n bigint) returns timestamptz immutable language sql as $$
  select timestamptz '2024-01-01 00:00Z' + n * interval '1 minute'
$$;

-- Without triggers and foreign keys, and so the stored columns are filled here.
set local session_replication_role = replica;

insert into users (id, email, username, display_name, role, email_verified_at)
select pg_temp.id(1, n), 'reader-' || n || '@example.com', 'reader-' || n, 'Reader ' || n, 'author', pg_temp.moment(0)
from generate_series(1, 2000) n;

insert into tags (id, slug) select pg_temp.id(2, n), 'tag-' || n from generate_series(0, 199) n;

insert into article_tags (article_id, tag_id, position, published_at)
select pg_temp.id(3, n), pg_temp.id(2, tag), position, pg_temp.moment(n)
from generate_series(1, :articles) n
cross join lateral (values (0, case when n % 10 = 3 then 0 else 1 + n % 99 end), (1, 100 + n * 7 % 100)) tagged (position, tag);

insert into comments (id, article_id, author_id, body, body_html, render_version, created_at)
select pg_temp.id(4, n), pg_temp.id(3, case when n % 10 = 7 then 1 else n end), pg_temp.id(1, 1 + n % 2000), 'A remark.',
  '<p>A remark.</p>', :render_version, pg_temp.moment(n)
from generate_series(1, :articles) n;

insert into favourites (user_id, article_id, created_at)
select distinct on (1, 2) pg_temp.id(1, case when n % 10 = 5 then 1 else 2 + n % 1999 end), pg_temp.id(3, n), pg_temp.moment(n)
from generate_series(1, :articles) n;

insert into follows (follower_id, followed_id, created_at)
select pg_temp.id(1, n), pg_temp.id(1, 1 + (n * 17 + step * 97) % 2000), pg_temp.moment(step)
from generate_series(1, 2000) n, generate_series(0, 19) step where n <> 1 + (n * 17 + step * 97) % 2000;

-- The reader follows the author of a tenth of all.
insert into follows (follower_id, followed_id, created_at)
values (pg_temp.id(1, 2), pg_temp.id(1, 1), pg_temp.moment(0)) on conflict do nothing;

insert into articles (id, author_id, slug, title, description, body, body_html, words, render_version, status, published_at,
  created_at, updated_at, favourite_count, comment_count, tag_slugs)
select pg_temp.id(3, n), pg_temp.id(1, case when n % 10 = 0 then 1 else 2 + n % 1999 end), 'article-' || n,
  'An article about engines, number ' || n, 'What the engine weaves, and what it does not: notes on lecture ' || n,
  text, '<p>' || text || '</p>', 70, :render_version, 'published', pg_temp.moment(n), pg_temp.moment(n), pg_temp.moment(n),
  coalesce(favourites, 0), coalesce(comments, 0), slugs
from generate_series(1, :articles) n
cross join lateral (select repeat(md5(n::text) || ' ', 14) as text) body
left join (select article_id, count(*) as favourites from favourites group by 1) f on f.article_id = pg_temp.id(3, n)
left join (select article_id, count(*) as comments from comments group by 1) c on c.article_id = pg_temp.id(3, n)
left join (select article_id, array_agg(slug order by position) as slugs
  from article_tags join tags on tags.id = tag_id group by 1) t on t.article_id = pg_temp.id(3, n);

-- As many drafts and things in the trash as a tenth of all, of whose authors a tenth is the same one.
insert into articles (id, author_id, slug, title, description, body, body_html, words, render_version, status, created_at, updated_at, deleted_at)
select pg_temp.id(kind, n), pg_temp.id(1, case when n % 10 = 0 then 1 else 2 + n % 1999 end), status || '-' || n, 'Of ' || n, '', 'Text', '<p>Text</p>', 1,
  :render_version, status, pg_temp.moment(n), pg_temp.moment(n), case when status = 'trashed' then pg_temp.moment(n) end
from generate_series(1, :articles / 10) n, (values (5, 'draft'), (6, 'trashed')) unpublished (kind, status);

insert into article_authors (article_id, user_id, position, accepted_at, published_at)
select id, author_id, 0, created_at, case when status = 'published' then published_at end from articles;

select repair_tag_counts(null, 1000);
