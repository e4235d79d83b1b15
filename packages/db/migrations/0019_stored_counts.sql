-- compatible
ALTER TABLE "article_tags" ADD COLUMN "published_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "favourite_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "comment_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "tag_slugs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "article_tags_published_idx" ON "article_tags" USING btree ("tag_id","published_at" desc,"article_id" desc) WHERE "article_tags"."published_at" is not null;--> statement-breakpoint
-- Of what is added or taken away, also by a cascade: one article after the other by id, so that two cannot block each other.
CREATE FUNCTION count_article_responses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
  counted record;
BEGIN
  FOR counted IN SELECT article_id AS id, step * count(*)::integer AS n FROM changed GROUP BY article_id ORDER BY article_id LOOP
    IF TG_TABLE_NAME = 'favourites' THEN
      UPDATE articles SET favourite_count = favourite_count + counted.n WHERE id = counted.id;
    ELSE
      UPDATE articles SET comment_count = comment_count + counted.n WHERE id = counted.id;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER favourites_added AFTER INSERT ON favourites
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_article_responses();--> statement-breakpoint
CREATE TRIGGER favourites_removed AFTER DELETE ON favourites
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_article_responses();--> statement-breakpoint
CREATE TRIGGER comments_added AFTER INSERT ON comments
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_article_responses();--> statement-breakpoint
CREATE TRIGGER comments_removed AFTER DELETE ON comments
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_article_responses();--> statement-breakpoint
-- The article is locked before it is read: whoever publishes or tags it meanwhile is waited for.
CREATE FUNCTION store_tag_slugs(article uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM articles WHERE id = article FOR NO KEY UPDATE;
  UPDATE articles SET tag_slugs = stored.slugs
  FROM (SELECT array(SELECT slug FROM article_tags JOIN tags ON tags.id = tag_id
    WHERE article_id = article ORDER BY position) AS slugs) stored
  WHERE id = article AND tag_slugs IS DISTINCT FROM stored.slugs;
END
$$;--> statement-breakpoint
CREATE FUNCTION store_changed_tag_slugs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM store_tag_slugs(id) FROM (SELECT DISTINCT article_id AS id FROM changed ORDER BY article_id) articles;
  RETURN NULL;
END
$$;--> statement-breakpoint
-- Their names come before those of the triggers that take the lock of `lock_tag_counts`: articles are locked first everywhere.
CREATE TRIGGER article_slugs_added AFTER INSERT ON article_tags
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION store_changed_tag_slugs();--> statement-breakpoint
CREATE TRIGGER article_slugs_removed AFTER DELETE ON article_tags
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION store_changed_tag_slugs();--> statement-breakpoint
-- Of a row that is given another tag (two tags become one) or another place.
CREATE FUNCTION move_article_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM store_tag_slugs(id) FROM (SELECT DISTINCT unnest(ARRAY[OLD.article_id, NEW.article_id]) AS id ORDER BY id) articles;
  IF (OLD.tag_id, OLD.published_at IS NULL) IS DISTINCT FROM (NEW.tag_id, NEW.published_at IS NULL) THEN
    PERFORM lock_tag_counts();
    UPDATE tags SET article_count = article_count
      - (id = OLD.tag_id AND OLD.published_at IS NOT NULL)::integer
      + (id = NEW.tag_id AND NEW.published_at IS NOT NULL)::integer
    WHERE id IN (OLD.tag_id, NEW.tag_id);
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_tags_moved AFTER UPDATE OF article_id, tag_id, position ON article_tags
  FOR EACH ROW EXECUTE FUNCTION move_article_tag();--> statement-breakpoint
CREATE FUNCTION store_new_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM store_tag_slugs(article_id) FROM (SELECT article_id FROM article_tags WHERE tag_id = NEW.id ORDER BY article_id) articles;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER tags_renamed AFTER UPDATE OF slug ON tags
  FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION store_new_slug();--> statement-breakpoint
CREATE FUNCTION date_article_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.published_at := NULL;
  SELECT published_at INTO NEW.published_at FROM articles
  WHERE id = NEW.article_id AND status = 'published' FOR NO KEY UPDATE;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_tags_dated BEFORE INSERT OR UPDATE OF article_id ON article_tags
  FOR EACH ROW EXECUTE FUNCTION date_article_tag();--> statement-breakpoint
CREATE FUNCTION date_tags_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article_tags SET published_at = CASE WHEN NEW.status = 'published' THEN NEW.published_at END
  WHERE article_id = NEW.id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_dated AFTER UPDATE OF status, published_at ON articles
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.published_at IS DISTINCT FROM NEW.published_at)
  EXECUTE FUNCTION date_tags_of_article();--> statement-breakpoint
-- Counts the next articles after an id again. They are locked first: what is counted then includes every write that the
-- triggers have counted, and a write that they have not waits for the end of the transaction. `next` is null at the end.
CREATE FUNCTION repair_article_counts(after uuid, batch integer, OUT next uuid, OUT repaired integer) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch FOR NO KEY UPDATE);
  dated uuid[];
BEGIN
  WITH wrong AS (
    SELECT tag.article_id, tag.tag_id, CASE WHEN a.status = 'published' THEN a.published_at END AS right_time
    FROM article_tags tag JOIN articles a ON a.id = tag.article_id WHERE tag.article_id = ANY (ids)
  ), changed AS (
    UPDATE article_tags tag SET published_at = right_time FROM wrong
    WHERE tag.article_id = wrong.article_id AND tag.tag_id = wrong.tag_id AND tag.published_at IS DISTINCT FROM right_time
    RETURNING tag.article_id
  )
  SELECT array_agg(article_id) INTO dated FROM changed;
  WITH counted AS (
    SELECT wanted.id,
      (SELECT count(*)::integer FROM favourites WHERE article_id = wanted.id) AS favourites,
      (SELECT count(*)::integer FROM comments WHERE article_id = wanted.id) AS comments,
      array(SELECT slug FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = wanted.id ORDER BY position) AS slugs
    FROM unnest(ids) wanted (id)
  ), changed AS (
    UPDATE articles a SET favourite_count = counted.favourites, comment_count = counted.comments, tag_slugs = counted.slugs
    FROM counted
    WHERE a.id = counted.id
      AND (a.favourite_count, a.comment_count, a.tag_slugs) IS DISTINCT FROM (counted.favourites, counted.comments, counted.slugs)
    RETURNING a.id
  )
  SELECT count(*) INTO repaired FROM (SELECT id FROM changed UNION SELECT unnest(dated)) articles;
  next := ids[batch];
END
$$;--> statement-breakpoint
CREATE FUNCTION repair_tag_counts(after uuid, batch integer, OUT next uuid, OUT repaired integer) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM tags
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch);
BEGIN
  PERFORM lock_tag_counts();
  UPDATE tags SET article_count = counted.n
  FROM (SELECT wanted.id,
      (SELECT count(*)::integer FROM article_tags WHERE tag_id = wanted.id AND published_at IS NOT NULL) AS n
    FROM unnest(ids) wanted (id)) counted
  WHERE tags.id = counted.id AND article_count <> counted.n;
  GET DIAGNOSTICS repaired = ROW_COUNT;
  next := ids[batch];
END
$$;
