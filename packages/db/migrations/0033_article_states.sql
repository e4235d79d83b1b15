-- compatible
CREATE TABLE "review_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "review_notes_kind_check" CHECK ("review_notes"."kind" in ('note', 'requested', 'withdrawn', 'approved', 'sent_back')),
	CONSTRAINT "review_notes_body_check" CHECK (length("review_notes"."body") <= 2000 and ("review_notes"."body" <> '' or "review_notes"."kind" not in ('note', 'sent_back')))
);
--> statement-breakpoint
ALTER TABLE "articles" DROP CONSTRAINT "articles_status_check";--> statement-breakpoint
ALTER TABLE "articles" DROP CONSTRAINT "articles_published_check";--> statement-breakpoint
DROP INDEX "articles_drafts_idx";--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "scheduled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "scheduled_zone" text;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "scheduled_by" uuid;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "notice" jsonb;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "review_notes" ADD CONSTRAINT "review_notes_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_notes" ADD CONSTRAINT "review_notes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "review_notes_article_idx" ON "review_notes" USING btree ("article_id","created_at","id");--> statement-breakpoint
CREATE INDEX "review_notes_author_id_idx" ON "review_notes" USING btree ("author_id");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_scheduled_by_users_id_fk" FOREIGN KEY ("scheduled_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_status_updated_idx" ON "articles" USING btree ("status","updated_at" desc,"id" desc) WHERE "articles"."status" <> 'published';--> statement-breakpoint
CREATE INDEX "articles_scheduled_idx" ON "articles" USING btree ("scheduled_at") WHERE "articles"."scheduled_at" is not null;--> statement-breakpoint
CREATE INDEX "articles_scheduled_by_idx" ON "articles" USING btree ("scheduled_by") WHERE "articles"."scheduled_by" is not null;--> statement-breakpoint
CREATE INDEX "articles_deleted_idx" ON "articles" USING btree ("deleted_at" desc,"id" desc) WHERE "articles"."deleted_at" is not null;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_deleted_check" CHECK (("articles"."status" = 'trashed') = ("articles"."deleted_at" is not null));--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_scheduled_check" CHECK (("articles"."scheduled_at" is null) = ("articles"."scheduled_zone" is null) and ("articles"."scheduled_at" is not null or "articles"."status" <> 'scheduled'));--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_status_check" CHECK ("articles"."status" in ('draft', 'in_review', 'scheduled', 'published', 'archived', 'trashed'));--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_published_check" CHECK ("articles"."status" in ('draft', 'in_review', 'trashed')
        or ("articles"."title" <> '' and "articles"."body" <> '' and ("articles"."published_at" is not null or "articles"."status" = 'scheduled')));--> statement-breakpoint
-- Of an article that is published, taken back, or deleted while it is out; other steps that it takes count nothing.
CREATE OR REPLACE FUNCTION count_tags_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  step integer := CASE WHEN TG_OP = 'UPDATE' AND NEW.status = 'published' THEN 1 WHEN OLD.status = 'published' THEN -1 ELSE 0 END;
BEGIN
  IF step <> 0 THEN
    PERFORM lock_tag_counts();
    UPDATE tags SET article_count = article_count + step
    WHERE id IN (SELECT tag_id FROM article_tags WHERE article_id = OLD.id);
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION date_tags_of_article() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz := CASE WHEN NEW.status = 'published' THEN NEW.published_at END;
BEGIN
  UPDATE article_tags SET published_at = at WHERE article_id = NEW.id AND published_at IS DISTINCT FROM at;
  RETURN NULL;
END
$$;
