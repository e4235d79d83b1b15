-- What the measurements read: the same rows at every run, since each value follows from the row's number alone.
-- Ids are UUIDv7 in shape: kind in the first group, number in the last.
create function pg_temp.id(kind int, n bigint) returns uuid immutable language sql as $$
  select ('0190000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$;

-- Without triggers, which would write each article many times over; what they keep is counted at the end.
set local session_replication_role = replica;

-- A number of 0..span-1 that looks random and is not.
create function pg_temp.pick(salt int, n bigint, span int) returns int immutable language sql as $$
  select (hashint8extended(n, salt) & 2147483647)::int % span
$$;

-- 500 paragraphs of 68 words; four of them make an article of about 1.7 kB.
create temp table paragraphs as
with words as (
  select regexp_split_to_array('the engine weaves numbers like a loom weaves flowers and of what use is it to those who ask
    river street market window letter harbour garden lantern engine paper copper bridge winter morning voice answer
    question reason measure pattern signal', '\s+') as word
), numbered as (
  select n, place, word[1 + pg_temp.pick(n, place, array_length(word, 1))] as word
  from words, generate_series(0, 499) n, generate_series(1, 68) place
)
select n, string_agg(word, ' ' order by place) as text from numbered group by n;

insert into users (id, email, username, display_name, bio, role, email_verified_at, created_at, updated_at)
select pg_temp.id(1, n), 'reader-' || n || '@example.com', 'reader-' || n, 'Reader ' || n, 'Reads and writes.',
  case when n <= 2000 then 'author' else 'reader' end, moment, moment, moment
from generate_series(1, 10000) n, (values (timestamptz '2024-01-01 00:00Z')) day(moment);

insert into tags (id, slug) select pg_temp.id(2, n), 'tag-' || n from generate_series(0, 199) n;

-- Of an article itself are its subject, one of 500, so that 100 articles have it, and of two fifths of them that they are rare. No
-- subject is the beginning of another one: Galley would find these too.
insert into articles (id, author_id, slug, title, description, body, body_html, words, render_version, status,
  published_at, created_at, updated_at)
select pg_temp.id(3, n), pg_temp.id(1, 1 + pg_temp.pick(1, n, 2000)), 'an-article-about-engines-' || n,
  'An article about engines, number ' || n, 'What the engine weaves, and what it does not: notes on lecture ' || n,
  text.md, text.html, 4 * 68, :render_version, 'published', moment, moment, moment
from generate_series(1, 50000) n
cross join lateral (select timestamptz '2024-01-01 00:00Z' + n * interval '17 minutes' as moment) day
cross join lateral (
  select string_agg(text, E'\n\n' order by part) || E'\n\n' || own as md,
    string_agg('<p>' || text || '</p>', E'\n' order by part) || E'\n<p>' || own || '</p>' as html
  from (select 'Subject' || 100 + pg_temp.pick(8, n.n, 500) || case when n.n % 5 < 2 then ', a rarity.' else '.' end as own) own,
    generate_series(0, 3) part join paragraphs on paragraphs.n = pg_temp.pick(10 + part, n.n, 500)
  group by own
) text;

insert into article_tags (article_id, tag_id, position)
select pg_temp.id(3, n), pg_temp.id(2, (pg_temp.pick(2, n, 200) + place * (1 + pg_temp.pick(3, n, 66))) % 200), place
from generate_series(1, 50000) n, generate_series(0, 2) place;

insert into comments (id, article_id, author_id, body, body_html, render_version, created_at)
select pg_temp.id(4, n), pg_temp.id(3, 1 + pg_temp.pick(4, n, 50000)), pg_temp.id(1, 1 + pg_temp.pick(5, n, 10000)),
  text, '<p>' || text || '</p>', :render_version, timestamptz '2025-09-01 00:00Z' + n * interval '10 seconds'
from generate_series(1, 200000) n
cross join lateral (select left(text, 200) as text from paragraphs where paragraphs.n = pg_temp.pick(6, n.n, 500)) part;

insert into favourites (user_id, article_id, created_at)
select pg_temp.id(1, 1 + (n % 10000)), pg_temp.id(3, 1 + (pg_temp.pick(7, n % 10000, 1000) + n / 10000 * 1667) % 50000),
  timestamptz '2025-09-01 00:00Z' + n * interval '5 seconds'
from generate_series(0, 299999) n;

-- Everybody follows twenty of those who write.
insert into follows (follower_id, followed_id, created_at)
select pg_temp.id(1, n), pg_temp.id(1, 1 + (n + 1 + step * 97) % 2000), timestamptz '2025-09-01 00:00Z'
from generate_series(1, 10000) n, generate_series(0, 19) step
where n <> 1 + (n + 1 + step * 97) % 2000;

set local session_replication_role = origin;
select repair_article_counts(null, 50000);
select repair_tag_counts(null, 200);
select repair_article_authors(null, 50000);
select index_people(null, 10000);
select index_articles(null, 'infinity', 50000);
