-- compatible
CREATE TABLE "article_search" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"author_id" uuid NOT NULL,
	"status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"favourite_count" integer NOT NULL,
	"language" text,
	"config" text NOT NULL,
	"tag_slugs" text[] NOT NULL,
	"head" "tsvector" NOT NULL,
	"body" "tsvector" NOT NULL,
	"content" text NOT NULL,
	"indexed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person_search" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"names" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"term" text PRIMARY KEY NOT NULL,
	"word" text NOT NULL,
	"trigrams" text[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "article_search" ADD CONSTRAINT "article_search_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_search" ADD CONSTRAINT "person_search_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_search_document_idx" ON "article_search" USING gin (("head" || "body")) WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "article_search_head_idx" ON "article_search" USING gin ("head") WITH (gin_pending_list_limit=512);--> statement-breakpoint
CREATE INDEX "article_search_author_id_idx" ON "article_search" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "article_search_config_idx" ON "article_search" USING btree ("config");--> statement-breakpoint
CREATE INDEX "person_search_names_idx" ON "person_search" USING gin ("names");--> statement-breakpoint
CREATE INDEX "search_terms_trigrams_idx" ON "search_terms" USING gin ("trigrams");--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;--> statement-breakpoint
-- Text as it is searched: lower case, without accents, punctuation as commas, and scripts that do not part words as pairs
-- of characters. Independent of the database's locale. `whole` adds the last character of each run, for a search of one.
CREATE FUNCTION search_words(content text, whole boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  unparted constant text := '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff';
  folded text := regexp_replace(
    public.unaccent('public.unaccent', lower(normalize(content, NFKC) COLLATE "und-x-icu")),
    '[\u0001-\u0008\u000e-\u001f!-/:-@[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02df\u055a-\u055f\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u200b-\u206f\u20a0-\u20cf\u2190-\u2bff\u3001-\u3004\u3008-\u3020\u3030\u30fb\ufe00-\ufe6f\uff01-\uff0f\U0001f000-\U0001faff]+',
    ',', 'g');
BEGIN
  IF folded !~ ('[' || unparted || ']') THEN RETURN folded; END IF;
  RETURN (
    SELECT string_agg(CASE WHEN part !~ ('^[' || unparted || ']') THEN part ELSE (
      SELECT string_agg(CASE WHEN next IS NOT NULL THEN letter || next WHEN whole OR place = 1 THEN letter END, ',' ORDER BY place)
      FROM (SELECT letter, place, lead(letter) OVER (ORDER BY place) AS next
        FROM unnest(string_to_array(part, NULL)) WITH ORDINALITY letters (letter, place)) letters) END, ',' ORDER BY nth)
    FROM regexp_matches(folded, '[' || unparted || ']+|[^' || unparted || ']+', 'g') WITH ORDINALITY parts (matched, nth),
      LATERAL (SELECT matched[1] AS part) first);
END
$$;--> statement-breakpoint
CREATE FUNCTION search_config(language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce('{"ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish"}'::jsonb ->> split_part(language, '-', 1), 'simple')
$$;--> statement-breakpoint
-- What somebody searches for, as it is searched: operators keep their characters past the folding of punctuation.
CREATE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT translate(search_words(
    regexp_replace(translate(words, '"', U&'\E001'), '(^|\s|\uE001)-(?=[^\s-])', U&'\\1\E000', 'g'), false), U&'\E001\E000', '"-')
$$;--> statement-breakpoint
-- What folded words mean in one language. `prefix`, the word that may not be typed to its end, also stands for all words
-- that begin with it.
CREATE FUNCTION search_query(config text, folded text, prefix text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  wanted tsquery := websearch_to_tsquery(config::regconfig, folded);
  stem tsquery;
BEGIN
  -- Of words that a language leaves out alone: as they are written in titles.
  IF numnode(wanted) = 0 THEN
    config := 'simple';
    wanted := websearch_to_tsquery('simple', folded);
  END IF;
  IF prefix ~ '^[^\s,]+$' THEN
    stem := websearch_to_tsquery(config::regconfig, prefix);
    IF numnode(stem) = 1 THEN
      wanted := ts_rewrite(wanted, stem, stem || (quote_literal(prefix) || ':*')::tsquery);
    END IF;
  END IF;
  RETURN wanted;
END
$$;--> statement-breakpoint
-- Words and text are kept out of the rows, so that a page holds many.
ALTER TABLE "article_search" SET (toast_tuple_target = 128);--> statement-breakpoint
-- The text of HTML that the renderer made.
CREATE FUNCTION search_content(html text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(replace(replace(replace(replace(replace(replace(
    regexp_replace(
      regexp_replace(html, '</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|span|strong|sub|sup|u)(?:\s(?:"[^"]*"|[^">])*)?>', '', 'g'),
      '<(?:"[^"]*"|[^">])*>', ' ', 'g'),
    '&#x3C;', '<'), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#x26;', '&'), '&amp;', '&'), '\s+', ' ', 'g'))
$$;--> statement-breakpoint
-- As written, beside the stems, so that what is only half typed finds them. A gap ends each part: no phrase goes on in the next.
CREATE FUNCTION search_head(config text, title text, description text, tags text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector(config::regconfig, words.title), 'A') || gap
    || setweight(to_tsvector(config::regconfig, words.description), 'B') || gap
    || setweight(to_tsvector('simple', words.tags), 'C') || gap
    || CASE WHEN config = 'simple' THEN '' ELSE setweight(to_tsvector(config::regconfig, words.tags), 'C') || gap
      || setweight(to_tsvector('simple', words.title), 'A') || gap
      || setweight(to_tsvector('simple', words.description), 'B') || gap END
    || array_to_tsvector(ARRAY['@' || config])
  FROM (SELECT search_words(title, true) AS title, search_words(description, true) AS description,
    search_words(array_to_string(tags, ' '), true) AS tags) words,
    (VALUES ('''@'':9'::tsvector)) gaps (gap)
$$;--> statement-breakpoint
-- A text of so many different words that no tsvector holds them is found by its beginning.
CREATE FUNCTION search_body(config text, content text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN to_tsvector(config::regconfig, search_words(content, true));
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN to_tsvector(config::regconfig, search_words(left(content, 40000), true));
END
$$;--> statement-breakpoint
CREATE FUNCTION search_trigrams(term text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array(SELECT DISTINCT substr('  ' || term || ' ', n, 3) FROM generate_series(1, length(term) + 1) n)
$$;--> statement-breakpoint
-- In their order, so that two writers of the same new words cannot wait for each other.
CREATE FUNCTION store_search_terms(content text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_terms (term, word, trigrams)
  SELECT DISTINCT ON (term) term, word, search_trigrams(term)
  FROM regexp_split_to_table(lower(content COLLATE "und-x-icu"), '[\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u3020]+') word,
    search_words(word, false) term
  WHERE length(term) BETWEEN 3 AND 40 AND term !~ '[\s,]' AND term ~ '[^0-9]'
  ORDER BY term
  ON CONFLICT DO NOTHING
$$;--> statement-breakpoint
CREATE FUNCTION index_article(article articles) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  spoken text := coalesce(article.language, article.detected_language);
  chosen text := search_config(spoken);
  plain text := CASE WHEN article.body_html = '' THEN article.body ELSE search_content(article.body_html) END;
BEGIN
  INSERT INTO article_search (article_id, author_id, status, at, favourite_count, language, config, tag_slugs, head, body, content, indexed_at)
  VALUES (article.id, article.author_id, article.status,
    CASE WHEN article.status = 'published' THEN article.published_at ELSE article.updated_at END,
    article.favourite_count, spoken, chosen, article.tag_slugs,
    search_head(chosen, article.title, article.description, article.tag_slugs), search_body(chosen, plain), plain, clock_timestamp())
  ON CONFLICT (article_id) DO UPDATE SET author_id = excluded.author_id, status = excluded.status, at = excluded.at,
    favourite_count = excluded.favourite_count, language = excluded.language, config = excluded.config, tag_slugs = excluded.tag_slugs,
    head = excluded.head, body = excluded.body, content = excluded.content, indexed_at = excluded.indexed_at;
  IF article.status = 'published' THEN
    PERFORM store_search_terms(article.title || ' ' || array_to_string(article.tag_slugs, ' '));
  END IF;
END
$$;--> statement-breakpoint
CREATE FUNCTION index_written_article() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  spoken text := coalesce(NEW.language, NEW.detected_language);
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM index_article(NEW);
  ELSIF (OLD.body_html, OLD.body, search_config(coalesce(OLD.language, OLD.detected_language)))
    IS DISTINCT FROM (NEW.body_html, NEW.body, search_config(spoken)) THEN
    PERFORM index_article(NEW);
  ELSE
    -- A row that the index lacks is added by its migration or a rebuild.
    UPDATE article_search SET author_id = NEW.author_id, status = NEW.status,
      at = CASE WHEN NEW.status = 'published' THEN NEW.published_at ELSE NEW.updated_at END,
      favourite_count = NEW.favourite_count, language = spoken, tag_slugs = NEW.tag_slugs,
      head = search_head(config, NEW.title, NEW.description, NEW.tag_slugs), indexed_at = clock_timestamp()
    WHERE article_id = NEW.id;
    IF NEW.status = 'published' THEN
      PERFORM store_search_terms(NEW.title || ' ' || array_to_string(NEW.tag_slugs, ' '));
    END IF;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_indexed AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION index_written_article();--> statement-breakpoint
CREATE TRIGGER articles_indexed_again AFTER UPDATE OF author_id, title, description, body, body_html, language, detected_language,
  status, published_at, updated_at, tag_slugs ON articles
  FOR EACH ROW WHEN (
    (OLD.author_id, OLD.title, OLD.description, OLD.body, OLD.body_html, OLD.language, OLD.detected_language, OLD.status,
      OLD.published_at, OLD.updated_at, OLD.tag_slugs)
    IS DISTINCT FROM (NEW.author_id, NEW.title, NEW.description, NEW.body, NEW.body_html, NEW.language, NEW.detected_language,
      NEW.status, NEW.published_at, NEW.updated_at, NEW.tag_slugs))
  EXECUTE FUNCTION index_written_article();--> statement-breakpoint
CREATE FUNCTION index_favourite_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article_search SET favourite_count = NEW.favourite_count WHERE article_id = NEW.id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_favourites_indexed AFTER UPDATE OF favourite_count ON articles
  FOR EACH ROW WHEN (OLD.favourite_count IS DISTINCT FROM NEW.favourite_count) EXECUTE FUNCTION index_favourite_count();--> statement-breakpoint
-- The next articles after an id that were not indexed since then. They are locked first, as writers lock them.
CREATE FUNCTION index_articles(after uuid, since timestamptz, batch integer, OUT next uuid, OUT indexed integer) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles LEFT JOIN article_search ON article_id = id
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') AND (indexed_at IS NULL OR indexed_at < since)
    ORDER BY id LIMIT batch FOR NO KEY UPDATE OF articles);
BEGIN
  PERFORM index_article(articles) FROM articles WHERE id = ANY (ids);
  indexed := cardinality(ids);
  next := ids[batch];
END
$$;--> statement-breakpoint
CREATE FUNCTION index_person(person users) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_search (user_id, names)
  VALUES (person.id, to_tsvector('simple', search_words(person.display_name || ' ' || person.username, true)))
  ON CONFLICT (user_id) DO UPDATE SET names = excluded.names;
  PERFORM store_search_terms(person.display_name || ' ' || person.username);
END
$$;--> statement-breakpoint
CREATE FUNCTION index_renamed_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM index_person(NEW);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER users_indexed AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION index_renamed_person();--> statement-breakpoint
CREATE TRIGGER users_renamed AFTER UPDATE OF display_name, username ON users
  FOR EACH ROW WHEN ((OLD.display_name, OLD.username) IS DISTINCT FROM (NEW.display_name, NEW.username))
  EXECUTE FUNCTION index_renamed_person();--> statement-breakpoint
CREATE FUNCTION index_people(after uuid, batch integer, OUT next uuid) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM users WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000')
    ORDER BY id LIMIT batch FOR NO KEY UPDATE);
BEGIN
  PERFORM index_person(users) FROM users WHERE id = ANY (ids);
  next := ids[batch];
END
$$;--> statement-breakpoint
-- The configurations in use, each by one step on the index.
CREATE FUNCTION search_configs() RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE configs AS (
    (SELECT config FROM article_search ORDER BY config LIMIT 1)
    UNION ALL
    SELECT (SELECT config FROM article_search WHERE config > configs.config ORDER BY config LIMIT 1) FROM configs WHERE config IS NOT NULL
  )
  SELECT config FROM configs WHERE config IS NOT NULL
$$;--> statement-breakpoint
CREATE AGGREGATE search_any(tsquery) (SFUNC = tsquery_or, STYPE = tsquery);--> statement-breakpoint
-- What a search means in every language in use, and in one query for all: `wide` asks for the words of a phrase only, which
-- an index knows without looking at the rows. A query that is the same in all languages needs no marker. Ranked is by what is
-- asked for, not by what is excluded: `typed` as if the last word were typed to its end, `forms` by the words as they are written.
CREATE FUNCTION search_queries(words text, last text, OUT configs text[], OUT queries tsquery[], OUT ranked tsquery[], OUT typed tsquery[],
  OUT forms tsquery, OUT exact tsquery, OUT wide tsquery, OUT people uuid[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
  folded text := search_folded(words);
  positive text := search_folded(regexp_replace(words, '(^|\s)-("[^"]*"?|\S+)', ' ', 'g'));
  prefix text := search_words(last, false);
  name tsquery := search_query('simple', folded, NULL);
BEGIN
  forms := search_query('simple', positive, NULL);
  SELECT array_agg(config), array_agg(query), array_agg(search_query(config, positive, prefix)), array_agg(search_query(config, positive, NULL)),
    CASE WHEN count(DISTINCT query) = 1 AND bool_and(position('!' IN query::text) = 0)
    THEN (array_agg(query))[1] ELSE search_any(quote_literal('@' || config)::tsquery && query) END
  INTO configs, queries, ranked, typed, exact
  FROM (SELECT config, search_query(config, folded, prefix) AS query FROM search_configs() config) each
  WHERE numnode(query) > 0;
  wide := CASE WHEN position('!' IN exact::text) = 0 THEN regexp_replace(exact::text, '<(?:-|\d+)>', '&', 'g')::tsquery ELSE exact END;
  people := array(SELECT user_id FROM person_search WHERE names @@ name AND position('!' IN name::text) = 0 LIMIT 20);
END
$$;
