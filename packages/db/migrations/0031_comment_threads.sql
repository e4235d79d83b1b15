-- compatible
CREATE TABLE "comment_mentions" (
	"comment_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"username" text NOT NULL,
	CONSTRAINT "comment_mentions_comment_id_username_pk" PRIMARY KEY("comment_id","username")
);
--> statement-breakpoint
ALTER TABLE "comments" DROP CONSTRAINT "comments_body_check";--> statement-breakpoint
DROP INDEX "comments_article_idx";--> statement-breakpoint
ALTER TABLE "comments" ALTER COLUMN "author_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "comments_closed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "answers_id" uuid;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "reply_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_mentions" ADD CONSTRAINT "comment_mentions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comment_mentions_user_id_idx" ON "comment_mentions" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_answers_id_comments_id_fk" FOREIGN KEY ("answers_id") REFERENCES "public"."comments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_thread_idx" ON "comments" USING btree ("article_id","parent_id","created_at","id");--> statement-breakpoint
CREATE INDEX "comments_parent_id_idx" ON "comments" USING btree ("parent_id") WHERE "comments"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "comments_answers_id_idx" ON "comments" USING btree ("answers_id") WHERE "comments"."answers_id" is not null;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_check" CHECK (("comments"."author_id" is null) = ("comments"."deleted_at" is not null));--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_answers_check" CHECK ("comments"."answers_id" is null or "comments"."parent_id" is not null);--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_body_check" CHECK (case when "comments"."deleted_at" is null then length("comments"."body") between 1 and 5000 else "comments"."body" = '' and "comments"."body_html" = '' end);--> statement-breakpoint
-- Comments that are deleted and kept for their replies are not counted. First the article and then the comment that is replied
-- to, each in the order of ids: as who deletes a comment locks them.
CREATE FUNCTION count_comments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
  counted record;
BEGIN
  FOR counted IN SELECT article_id AS id, step * count(*)::integer AS n FROM changed
    WHERE deleted_at IS NULL GROUP BY article_id ORDER BY article_id LOOP
    UPDATE articles SET comment_count = comment_count + counted.n WHERE id = counted.id;
  END LOOP;
  FOR counted IN SELECT parent_id AS id, step * count(*)::integer AS n FROM changed
    WHERE parent_id IS NOT NULL GROUP BY parent_id ORDER BY parent_id LOOP
    UPDATE comments SET reply_count = reply_count + counted.n WHERE id = counted.id;
  END LOOP;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE OR REPLACE TRIGGER comments_added AFTER INSERT ON comments
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_comments();--> statement-breakpoint
CREATE OR REPLACE TRIGGER comments_removed AFTER DELETE ON comments
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_comments();--> statement-breakpoint
CREATE FUNCTION count_deleted_comment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE articles SET comment_count = comment_count + CASE WHEN NEW.deleted_at IS NULL THEN 1 ELSE -1 END
  WHERE id = NEW.article_id;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER comments_kept AFTER UPDATE OF deleted_at ON comments
  FOR EACH ROW WHEN ((OLD.deleted_at IS NULL) IS DISTINCT FROM (NEW.deleted_at IS NULL))
  EXECUTE FUNCTION count_deleted_comment();--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_article_responses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END;
  counted record;
BEGIN
  FOR counted IN SELECT article_id AS id, step * count(*)::integer AS n FROM changed GROUP BY article_id ORDER BY article_id LOOP
    UPDATE articles SET favourite_count = favourite_count + counted.n WHERE id = counted.id;
  END LOOP;
  RETURN NULL;
END
$$;--> statement-breakpoint
-- As in 0019, without the deleted, and with the replies of the comments of these articles.
CREATE OR REPLACE FUNCTION repair_article_counts(after uuid, batch integer, OUT next uuid, OUT repaired integer) LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[] := array(SELECT id FROM articles
    WHERE id > coalesce(after, '00000000-0000-0000-0000-000000000000') ORDER BY id LIMIT batch FOR NO KEY UPDATE);
  dated uuid[];
  replied uuid[];
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
    SELECT parent.id, count(reply.id)::integer AS replies
    FROM comments parent LEFT JOIN comments reply ON reply.article_id = parent.article_id AND reply.parent_id = parent.id
    WHERE parent.article_id = ANY (ids) AND parent.parent_id IS NULL GROUP BY parent.id
  ), changed AS (
    UPDATE comments SET reply_count = replies FROM counted
    WHERE comments.id = counted.id AND reply_count <> replies RETURNING article_id
  )
  SELECT array_agg(article_id) INTO replied FROM changed;
  WITH counted AS (
    SELECT wanted.id,
      (SELECT count(*)::integer FROM favourites WHERE article_id = wanted.id) AS favourites,
      (SELECT count(*)::integer FROM comments WHERE article_id = wanted.id AND deleted_at IS NULL) AS comments,
      array(SELECT slug FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = wanted.id ORDER BY position) AS slugs
    FROM unnest(ids) wanted (id)
  ), changed AS (
    UPDATE articles a SET favourite_count = counted.favourites, comment_count = counted.comments, tag_slugs = counted.slugs
    FROM counted
    WHERE a.id = counted.id
      AND (a.favourite_count, a.comment_count, a.tag_slugs) IS DISTINCT FROM (counted.favourites, counted.comments, counted.slugs)
    RETURNING a.id
  )
  SELECT count(*) INTO repaired
  FROM (SELECT id FROM changed UNION SELECT unnest(dated) UNION SELECT unnest(replied)) articles;
  next := ids[batch];
END
$$;
