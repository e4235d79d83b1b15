ALTER TABLE "tags" ADD COLUMN "article_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "tags_used_idx" ON "tags" USING btree ("article_count" desc,"slug") WHERE "tags"."article_count" > 0;--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_article_count_check" CHECK ("tags"."article_count" >= 0);--> statement-breakpoint
-- Counts change one transaction after the other: two that count the same tags in another order cannot block each other.
CREATE FUNCTION lock_tag_counts() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(7305841223)
$$;--> statement-breakpoint
CREATE FUNCTION count_changed_tags() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
BEGIN
  IF EXISTS (SELECT FROM changed JOIN articles a ON a.id = changed.article_id WHERE a.status = 'published') THEN
    PERFORM lock_tag_counts();
    UPDATE tags SET article_count = article_count + step * counted.n
    FROM (SELECT tag_id, count(*) AS n FROM changed JOIN articles a ON a.id = changed.article_id
      WHERE a.status = 'published' GROUP BY tag_id) counted
    WHERE tags.id = counted.tag_id;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
-- Of an article that is published, taken back, or deleted while it is out.
CREATE FUNCTION count_tags_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'UPDATE' AND NEW.status = 'published' THEN 1 ELSE -1 END;
BEGIN
  PERFORM lock_tag_counts();
  UPDATE tags SET article_count = article_count + step
  WHERE id IN (SELECT tag_id FROM article_tags WHERE article_id = OLD.id);
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_tags_added AFTER INSERT ON article_tags
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_changed_tags();--> statement-breakpoint
CREATE TRIGGER article_tags_removed AFTER DELETE ON article_tags
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_changed_tags();--> statement-breakpoint
CREATE TRIGGER articles_tags_counted AFTER UPDATE OF status ON articles
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION count_tags_of_article();--> statement-breakpoint
CREATE TRIGGER articles_tags_uncounted BEFORE DELETE ON articles
  FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION count_tags_of_article();--> statement-breakpoint
UPDATE tags SET article_count = counted.n
FROM (SELECT tag_id, count(*) AS n FROM article_tags JOIN articles a ON a.id = article_id
  WHERE a.status = 'published' GROUP BY tag_id) counted
WHERE tags.id = counted.tag_id;
