-- compatible
CREATE TABLE "article_authors" (
	"article_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"invited_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "article_authors_article_id_user_id_pk" PRIMARY KEY("article_id","user_id"),
	CONSTRAINT "article_authors_position_check" CHECK ("article_authors"."position" >= 0)
);
--> statement-breakpoint
CREATE TABLE "former_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "former_usernames" (
	"username" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preview_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"name" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "preview_links_token_hash_check" CHECK ("preview_links"."token_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "preview_links_name_check" CHECK (length("preview_links"."name") <= 80)
);
--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "byline_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "media_uses" ADD COLUMN "reader_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "media_uses" ADD COLUMN "shown_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "article_authors" ADD CONSTRAINT "article_authors_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_authors" ADD CONSTRAINT "article_authors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "article_authors" ADD CONSTRAINT "article_authors_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_slugs" ADD CONSTRAINT "former_slugs_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "former_usernames" ADD CONSTRAINT "former_usernames_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "article_authors_published_idx" ON "article_authors" USING btree ("user_id","published_at" desc,"article_id" desc) WHERE "article_authors"."published_at" is not null;--> statement-breakpoint
CREATE INDEX "article_authors_user_id_idx" ON "article_authors" USING btree ("user_id","created_at" desc,"article_id" desc);--> statement-breakpoint
CREATE INDEX "article_authors_invited_by_idx" ON "article_authors" USING btree ("invited_by") WHERE "article_authors"."invited_by" is not null;--> statement-breakpoint
CREATE INDEX "former_slugs_article_id_idx" ON "former_slugs" USING btree ("article_id");--> statement-breakpoint
CREATE INDEX "former_usernames_user_id_idx" ON "former_usernames" USING btree ("user_id","created_at" desc);--> statement-breakpoint
CREATE UNIQUE INDEX "preview_links_token_hash_key" ON "preview_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "preview_links_article_id_idx" ON "preview_links" USING btree ("article_id","created_at" desc,"id" desc);--> statement-breakpoint
CREATE INDEX "preview_links_created_by_idx" ON "preview_links" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "preview_links_expires_at_idx" ON "preview_links" USING btree ("expires_at");--> statement-breakpoint
-- Of the authors of an article who have accepted, where they are several. The article is locked before they are read.
CREATE FUNCTION store_byline(article uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM articles WHERE id = article FOR NO KEY UPDATE;
  UPDATE articles SET byline_ids = stored.ids
  FROM (SELECT CASE WHEN count(*) > 1 THEN array_agg(user_id ORDER BY position, user_id) ELSE '{}' END AS ids
    FROM article_authors WHERE article_id = article AND accepted_at IS NOT NULL) stored
  WHERE id = article AND byline_ids IS DISTINCT FROM stored.ids;
END
$$;--> statement-breakpoint
CREATE FUNCTION store_changed_byline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM store_byline(OLD.article_id);
  -- The row that a new article gets changes nothing.
  ELSIF TG_OP = 'UPDATE' OR EXISTS (SELECT FROM article_authors
    WHERE article_id = NEW.article_id AND user_id <> NEW.user_id AND accepted_at IS NOT NULL) THEN
    PERFORM store_byline(NEW.article_id);
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_authors_joined AFTER INSERT ON article_authors
  FOR EACH ROW WHEN (NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION store_changed_byline();--> statement-breakpoint
CREATE TRIGGER article_authors_moved AFTER UPDATE OF position, accepted_at ON article_authors
  FOR EACH ROW WHEN ((OLD.position, OLD.accepted_at) IS DISTINCT FROM (NEW.position, NEW.accepted_at))
  EXECUTE FUNCTION store_changed_byline();--> statement-breakpoint
CREATE TRIGGER article_authors_left AFTER DELETE ON article_authors
  FOR EACH ROW WHEN (OLD.accepted_at IS NOT NULL) EXECUTE FUNCTION store_changed_byline();--> statement-breakpoint
CREATE FUNCTION date_article_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.published_at := NULL;
  IF NEW.accepted_at IS NOT NULL THEN
    SELECT published_at INTO NEW.published_at FROM articles
    WHERE id = NEW.article_id AND status = 'published' FOR NO KEY UPDATE;
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_authors_dated BEFORE INSERT OR UPDATE OF article_id, accepted_at ON article_authors
  FOR EACH ROW EXECUTE FUNCTION date_article_author();--> statement-breakpoint
CREATE FUNCTION date_authors_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE article_authors SET published_at = CASE WHEN NEW.status = 'published' THEN NEW.published_at END
  WHERE article_id = NEW.id AND accepted_at IS NOT NULL;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_authors_dated AFTER UPDATE OF status, published_at ON articles
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.published_at IS DISTINCT FROM NEW.published_at)
  EXECUTE FUNCTION date_authors_of_article();--> statement-breakpoint
CREATE FUNCTION add_article_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM article_authors WHERE article_id = NEW.id AND user_id = OLD.author_id;
  END IF;
  INSERT INTO article_authors (article_id, user_id, position, created_at, accepted_at)
  VALUES (NEW.id, NEW.author_id, 0, NEW.created_at, NEW.created_at)
  ON CONFLICT (article_id, user_id) DO UPDATE SET accepted_at = coalesce(article_authors.accepted_at, excluded.accepted_at);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_author_added AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION add_article_author();--> statement-breakpoint
CREATE TRIGGER articles_author_changed AFTER UPDATE OF author_id ON articles
  FOR EACH ROW WHEN (OLD.author_id IS DISTINCT FROM NEW.author_id) EXECUTE FUNCTION add_article_author();--> statement-breakpoint
-- The authors of the next articles after an id again, as `repair_article_counts` does what is counted of them.
CREATE FUNCTION repair_article_authors(after uuid, batch integer, OUT next uuid, OUT repaired integer) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch FOR NO KEY UPDATE);
  mended uuid[];
BEGIN
  WITH added AS (
    INSERT INTO article_authors (article_id, user_id, position, created_at, accepted_at)
    SELECT id, author_id, 0, created_at, created_at FROM articles WHERE id = ANY (ids)
    ON CONFLICT DO NOTHING
    RETURNING article_id
  )
  SELECT coalesce(array_agg(article_id), '{}') INTO mended FROM added;
  WITH dated AS (
    UPDATE article_authors w SET published_at = right_time
    FROM (SELECT written.article_id, written.user_id,
        CASE WHEN a.status = 'published' AND written.accepted_at IS NOT NULL THEN a.published_at END AS right_time
      FROM article_authors written JOIN articles a ON a.id = written.article_id WHERE written.article_id = ANY (ids)) wanted
    WHERE w.article_id = wanted.article_id AND w.user_id = wanted.user_id AND w.published_at IS DISTINCT FROM right_time
    RETURNING w.article_id
  )
  SELECT mended || coalesce(array_agg(article_id), '{}') INTO mended FROM dated;
  WITH stored AS (
    UPDATE articles a SET byline_ids = wanted.byline
    FROM (SELECT article_id, CASE WHEN count(*) > 1 THEN array_agg(user_id ORDER BY position, user_id) ELSE '{}' END AS byline
      FROM article_authors WHERE article_id = ANY (ids) AND accepted_at IS NOT NULL GROUP BY article_id) wanted
    WHERE a.id = wanted.article_id AND a.byline_ids IS DISTINCT FROM wanted.byline
    RETURNING a.id
  )
  SELECT mended || coalesce(array_agg(id), '{}') INTO mended FROM stored;
  SELECT count(DISTINCT id) INTO repaired FROM unnest(mended) all_mended (id);
  next := ids[batch];
END
$$;--> statement-breakpoint
-- After the row: whoever holds the slug at this moment has been waited for by then, at its unique index.
CREATE FUNCTION keep_former_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM former_slugs WHERE slug = NEW.slug AND article_id = NEW.id;
    IF OLD.published_at IS NOT NULL THEN
      INSERT INTO former_slugs (slug, article_id) VALUES (OLD.slug, NEW.id) ON CONFLICT DO NOTHING;
    END IF;
  END IF;
  IF EXISTS (SELECT FROM former_slugs WHERE slug = NEW.slug) THEN
    RAISE unique_violation USING CONSTRAINT = 'articles_slug_key', MESSAGE = 'The slug leads to another article.';
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_slug_given AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION keep_former_slug();--> statement-breakpoint
CREATE TRIGGER articles_slug_changed AFTER UPDATE OF slug ON articles
  FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION keep_former_slug();--> statement-breakpoint
-- What has been taken back is not to be seen by those who had a link while it was not out yet.
CREATE FUNCTION revoke_preview_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM preview_links WHERE article_id = NEW.id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_taken_back AFTER UPDATE OF status ON articles
  FOR EACH ROW WHEN (OLD.status = 'published' AND NEW.status <> 'published') EXECUTE FUNCTION revoke_preview_links();--> statement-breakpoint
CREATE FUNCTION keep_former_username() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM former_usernames WHERE username = NEW.username AND user_id = NEW.id;
    -- Nobody has seen the name of an account that was never proved.
    IF OLD.email_verified_at IS NOT NULL THEN
      INSERT INTO former_usernames (username, user_id) VALUES (OLD.username, NEW.id)
      ON CONFLICT (username) DO UPDATE SET user_id = NEW.id, created_at = now();
      DELETE FROM former_usernames WHERE user_id = NEW.id AND username NOT IN (
        SELECT username FROM former_usernames WHERE user_id = NEW.id ORDER BY created_at DESC, username LIMIT 10);
    END IF;
  END IF;
  IF EXISTS (SELECT FROM former_usernames WHERE username = NEW.username AND created_at > now() - interval '1 year') THEN
    RAISE unique_violation USING CONSTRAINT = 'users_username_key', MESSAGE = 'The username leads to another person.';
  END IF;
  DELETE FROM former_usernames WHERE username = NEW.username;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER users_name_given AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION keep_former_username();--> statement-breakpoint
CREATE TRIGGER users_name_changed AFTER UPDATE OF username ON users
  FOR EACH ROW WHEN (OLD.username IS DISTINCT FROM NEW.username) EXECUTE FUNCTION keep_former_username();
--> statement-breakpoint
-- The pictures of an article are for those who write it along, and for those who were given a link to it.
CREATE FUNCTION show_article_media() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT byline_ids, (SELECT max(expires_at) FROM preview_links WHERE article_id = NEW.subject_id)
  INTO NEW.reader_ids, NEW.shown_until FROM articles WHERE id = NEW.subject_id;
  NEW.reader_ids := coalesce(NEW.reader_ids, '{}');
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER media_uses_shown BEFORE INSERT ON media_uses
  FOR EACH ROW WHEN (NEW.subject_kind = 'article') EXECUTE FUNCTION show_article_media();--> statement-breakpoint
CREATE FUNCTION show_media_to_byline() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE media_uses SET reader_ids = NEW.byline_ids WHERE subject_kind = 'article' AND subject_id = NEW.id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER articles_byline_changed AFTER UPDATE OF byline_ids ON articles
  FOR EACH ROW WHEN (OLD.byline_ids IS DISTINCT FROM NEW.byline_ids) EXECUTE FUNCTION show_media_to_byline();--> statement-breakpoint
CREATE FUNCTION show_media_by_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  article uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.article_id ELSE OLD.article_id END;
BEGIN
  UPDATE media_uses SET shown_until = (SELECT max(expires_at) FROM preview_links WHERE article_id = article)
  WHERE subject_kind = 'article' AND subject_id = article;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER preview_links_changed AFTER INSERT OR DELETE ON preview_links
  FOR EACH ROW EXECUTE FUNCTION show_media_by_link();
