-- The rows of the data set in tables as they are usually made: normalised, nothing counted or kept twice, a foreign key for
-- each reference, and an index for each foreign key and each order that a list has.
drop schema if exists conventional cascade;
create schema conventional;
set local search_path = conventional;

create table users as select id, email, username, display_name, bio, created_at from public.users;
alter table users add primary key (id), add unique (email), add unique (username);

create table sessions as select id, user_id, expires_at, absolute_expires_at from public.sessions;
alter table sessions add primary key (id), add foreign key (user_id) references users;
create index on sessions (user_id);

create table articles as
  select id, author_id, slug, title, description, cover_url, body, body_html, headings,
    coalesce(language, detected_language) as language, words, status, version, published_at, created_at, updated_at,
    comments_closed
  from public.articles;
alter table articles add primary key (id), add unique (slug), add foreign key (author_id) references users;
create index on articles (author_id, published_at desc, id desc);
create index on articles (published_at desc, id desc);
alter table articles add search tsvector generated always as (
  setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B') || to_tsvector('english', body)
) stored;
create index on articles using gin (search);

create table tags as select id, slug from public.tags;
alter table tags add primary key (id), add unique (slug);

create table article_tags as select article_id, tag_id, position from public.article_tags;
alter table article_tags add primary key (article_id, tag_id), add foreign key (article_id) references articles,
  add foreign key (tag_id) references tags;
create index on article_tags (tag_id);

create table comments as
  select id, article_id, parent_id, author_id, body, body_html, created_at, edited_at, deleted_at from public.comments;
alter table comments add primary key (id), alter created_at set default now(),
  add foreign key (article_id) references articles, add foreign key (author_id) references users,
  add foreign key (parent_id) references comments;
create index on comments (article_id, created_at);
create index on comments (parent_id);
create index on comments (author_id);

create table favourites as select user_id, article_id, created_at from public.favourites;
alter table favourites add primary key (user_id, article_id), add foreign key (user_id) references users,
  add foreign key (article_id) references articles;
create index on favourites (article_id);

create table follows as select follower_id, followed_id, created_at from public.follows;
alter table follows add primary key (follower_id, followed_id), add foreign key (follower_id) references users,
  add foreign key (followed_id) references users;
create index on follows (followed_id);

grant usage on schema conventional to public;
grant select, insert on all tables in schema conventional to public;
