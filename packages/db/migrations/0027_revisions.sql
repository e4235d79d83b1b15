-- compatible
CREATE TABLE "revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"article_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"cause" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"was_public" boolean NOT NULL,
	"restored_version" integer,
	"title" text NOT NULL,
	"description" text NOT NULL,
	"cover_url" text,
	"cover_media_id" uuid,
	"cover_focus" jsonb,
	"body" text NOT NULL,
	"language" text,
	"tag_slugs" text[] NOT NULL,
	"words" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "revisions_version_check" CHECK ("revisions"."version" >= 1),
	CONSTRAINT "revisions_cause_check" CHECK ("revisions"."cause" in ('created', 'saved', 'restored')),
	CONSTRAINT "revisions_reason_check" CHECK (length("revisions"."reason") <= 200),
	CONSTRAINT "revisions_times_check" CHECK ("revisions"."created_at" <= "revisions"."saved_at")
);
--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_article_id_articles_id_fk" FOREIGN KEY ("article_id") REFERENCES "public"."articles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_cover_media_id_media_id_fk" FOREIGN KEY ("cover_media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "revisions_article_version_key" ON "revisions" USING btree ("article_id","version" desc);--> statement-breakpoint
CREATE INDEX "revisions_author_id_idx" ON "revisions" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "revisions_cover_media_id_idx" ON "revisions" USING btree ("cover_media_id") WHERE "revisions"."cover_media_id" is not null;