-- compatible
-- The pictures of an article are for its author, too, also those of others: of editors, and of who wrote it along once.
CREATE FUNCTION article_writers(article articles) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
  SELECT array_append(array_remove(article.byline_ids, article.author_id), article.author_id)
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION show_article_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT article_writers(a), (SELECT max(expires_at) FROM preview_links WHERE article_id = NEW.subject_id)
  INTO NEW.reader_ids, NEW.shown_until FROM articles a WHERE id = NEW.subject_id;
  NEW.reader_ids := coalesce(NEW.reader_ids, '{}');
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION show_media_to_byline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE media_uses SET reader_ids = article_writers(NEW) WHERE subject_kind = 'article' AND subject_id = NEW.id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE OR REPLACE TRIGGER articles_byline_changed AFTER UPDATE OF byline_ids, author_id ON articles
  FOR EACH ROW WHEN ((OLD.byline_ids, OLD.author_id) IS DISTINCT FROM (NEW.byline_ids, NEW.author_id))
  EXECUTE FUNCTION show_media_to_byline();
