-- compatible
ALTER TABLE "article_documents" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "article_documents" ADD COLUMN "status" text;--> statement-breakpoint
ALTER TABLE "article_documents" ADD COLUMN "config" text;--> statement-breakpoint
ALTER TABLE "article_documents" ADD COLUMN "content" text;--> statement-breakpoint
-- The text, too, stands in the row, where both take no more than half a page.
ALTER TABLE "article_documents" SET (toast_tuple_target = 4080);--> statement-breakpoint
ALTER TABLE "article_documents" ADD CONSTRAINT "article_documents_filled"
  CHECK ("author_id" IS NOT NULL AND "status" IS NOT NULL AND "config" IS NOT NULL AND "content" IS NOT NULL) NOT VALID;--> statement-breakpoint
CREATE OR REPLACE FUNCTION store_article_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO article_documents AS d (article_id, document, author_id, status, config, content)
  VALUES (NEW.article_id, NEW.head || NEW.body, NEW.author_id, NEW.status, NEW.config, NEW.content)
  ON CONFLICT (article_id) DO UPDATE
  SET document = excluded.document, author_id = excluded.author_id, status = excluded.status, config = excluded.config,
    content = excluded.content
  WHERE (d.document, d.author_id, d.status, d.config, d.content)
    IS DISTINCT FROM (excluded.document, excluded.author_id, excluded.status, excluded.config, excluded.content);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE OR REPLACE TRIGGER article_search_documented AFTER INSERT OR UPDATE OF head, body, author_id, status, config, content ON article_search
  FOR EACH ROW EXECUTE FUNCTION store_article_document();--> statement-breakpoint
CREATE OR REPLACE FUNCTION store_article_documents(after uuid, batch integer, OUT next uuid) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles JOIN article_search ON article_id = id
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch FOR NO KEY UPDATE OF articles);
BEGIN
  INSERT INTO article_documents AS d (article_id, document, author_id, status, config, content)
  SELECT article_id, head || body, author_id, status, config, content FROM article_search WHERE article_id = ANY (ids) ORDER BY article_id
  ON CONFLICT (article_id) DO UPDATE
  SET document = excluded.document, author_id = excluded.author_id, status = excluded.status, config = excluded.config,
    content = excluded.content
  WHERE (d.document, d.author_id, d.status, d.config, d.content)
    IS DISTINCT FROM (excluded.document, excluded.author_id, excluded.status, excluded.config, excluded.content);
  next := ids[batch];
END
$$;
