-- compatible
CREATE TABLE "article_documents" (
	"article_id" uuid PRIMARY KEY NOT NULL,
	"document" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "article_documents" ADD CONSTRAINT "article_documents_article_id_article_search_article_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."article_search"("article_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- In the row, also where it is long: each found article's is read to rank it.
ALTER TABLE "article_documents" ALTER COLUMN "document" SET STORAGE MAIN;--> statement-breakpoint
CREATE FUNCTION store_article_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO article_documents (article_id, document) VALUES (NEW.article_id, NEW.head || NEW.body)
  ON CONFLICT (article_id) DO UPDATE SET document = excluded.document WHERE article_documents.document <> excluded.document;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_search_documented AFTER INSERT OR UPDATE OF head, body ON article_search
  FOR EACH ROW EXECUTE FUNCTION store_article_document();--> statement-breakpoint
-- Of the next articles after an id, what the index has of them. They are locked first, as writers lock them.
CREATE FUNCTION store_article_documents(after uuid, batch integer, OUT next uuid) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles JOIN article_search ON article_id = id
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch FOR NO KEY UPDATE OF articles);
BEGIN
  INSERT INTO article_documents (article_id, document)
  SELECT article_id, head || body FROM article_search WHERE article_id = ANY (ids) ORDER BY article_id
  ON CONFLICT (article_id) DO UPDATE SET document = excluded.document WHERE article_documents.document <> excluded.document;
  next := ids[batch];
END
$$;--> statement-breakpoint
-- As before, and a third of the time for ASCII.
CREATE OR REPLACE FUNCTION search_words(content text, whole boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  unparted constant text := '\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff';
  folded text;
BEGIN
  -- Of ASCII nothing has accents, other forms, or capitals that depend on a language.
  IF octet_length(content) = length(content) THEN
    RETURN regexp_replace(lower(content COLLATE "C"), '[\u0001-\u0008\u000e-\u001f!-/:-@[-`{-\u007f]+', ',', 'g');
  END IF;
  folded := regexp_replace(
    public.unaccent('public.unaccent', lower(normalize(content, NFKC) COLLATE "und-x-icu")),
    '[\u0001-\u0008\u000e-\u001f!-/:-@[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b9-\u02df\u055a-\u055f\u0589\u05be\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u200b-\u206f\u20a0-\u20cf\u2190-\u2bff\u3001-\u3004\u3008-\u3020\u3030\u30fb\ufe00-\ufe6f\uff01-\uff0f\U0001f000-\U0001faff]+',
    ',', 'g');
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
CREATE OR REPLACE FUNCTION search_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN words !~ '["-]' THEN search_words(words, false) ELSE translate(search_words(
    regexp_replace(translate(words, '"', U&'\E001'), '(^|\s|\uE001)-(?=[^\s-])', U&'\\1\E000', 'g'), false), U&'\E001\E000', '"-') END
$$;--> statement-breakpoint
-- As before, with each part worked out once.
CREATE OR REPLACE FUNCTION search_queries(words text, last text, OUT configs text[], OUT queries tsquery[], OUT ranked tsquery[], OUT typed tsquery[],
  OUT forms tsquery, OUT exact tsquery, OUT wide tsquery, OUT people uuid[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
  excludes boolean := words ~ '(^|\s)-';
  folded text := search_folded(words);
  positive text := CASE WHEN excludes THEN search_folded(regexp_replace(words, '(^|\s)-("[^"]*"?|\S+)', ' ', 'g')) ELSE folded END;
  prefix text := search_words(last, false);
  name tsquery := search_query('simple', folded, NULL);
BEGIN
  forms := CASE WHEN excludes THEN search_query('simple', positive, NULL) ELSE name END;
  SELECT array_agg(config), array_agg(query),
    array_agg(CASE WHEN excludes THEN search_query(config, positive, prefix) ELSE query END),
    array_agg(CASE WHEN config = 'simple' THEN forms ELSE search_query(config, positive, NULL) END),
    CASE WHEN count(DISTINCT query) = 1 AND bool_and(position('!' IN query::text) = 0)
    THEN (array_agg(query))[1] ELSE search_any(quote_literal('@' || config)::tsquery && query) END
  INTO configs, queries, ranked, typed, exact
  FROM (SELECT config, search_query(config, folded, prefix) AS query FROM search_configs() config) each
  WHERE numnode(query) > 0;
  wide := CASE WHEN position('!' IN exact::text) = 0 THEN regexp_replace(exact::text, '<(?:-|\d+)>', '&', 'g')::tsquery ELSE exact END;
  people := array(SELECT user_id FROM person_search WHERE names @@ name AND position('!' IN name::text) = 0 LIMIT 20);
END
$$;
