-- compatible
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'uploading' NOT NULL,
	"reason" text,
	"detail" text DEFAULT '' NOT NULL,
	"mime" text NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"frames" integer,
	"thumbhash" text,
	"alt" text DEFAULT '' NOT NULL,
	"decorative" boolean DEFAULT false NOT NULL,
	"caption" text DEFAULT '' NOT NULL,
	"storage_prefix" text NOT NULL,
	"variants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"job_id" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_kind_check" CHECK ("media"."kind" in ('image', 'document')),
	CONSTRAINT "media_state_check" CHECK ("media"."state" in ('uploading', 'quarantined', 'processing', 'ready', 'refused')),
	CONSTRAINT "media_reason_check" CHECK ("media"."state" <> 'refused' or "media"."reason" is not null),
	CONSTRAINT "media_ready_check" CHECK ("media"."state" <> 'ready' or (jsonb_array_length("media"."variants") > 0 and "media"."reason" is null
        and ("media"."kind" <> 'image' or ("media"."width" > 0 and "media"."height" > 0)))),
	CONSTRAINT "media_bytes_check" CHECK ("media"."bytes" >= 0),
	CONSTRAINT "media_file_name_check" CHECK (length("media"."file_name") between 1 and 255),
	CONSTRAINT "media_alt_check" CHECK (length("media"."alt") <= 1000),
	CONSTRAINT "media_caption_check" CHECK (length("media"."caption") <= 500),
	CONSTRAINT "media_storage_prefix_check" CHECK ("media"."storage_prefix" ~ '^[a-z0-9]{32}$')
);
--> statement-breakpoint
CREATE TABLE "media_usage" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "media_usage_bytes_check" CHECK ("media_usage"."bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "media_uses" (
	"media_id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"title" text NOT NULL,
	"is_public" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_uses_media_id_subject_kind_subject_id_pk" PRIMARY KEY("media_id","subject_kind","subject_id"),
	CONSTRAINT "media_uses_subject_kind_check" CHECK ("media_uses"."subject_kind" ~ '^[a-z-]{1,40}$')
);
--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "cover_media_id" uuid;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "cover_focus" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "avatar_media_id" uuid;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_usage" ADD CONSTRAINT "media_usage_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_uses" ADD CONSTRAINT "media_uses_media_id_media_id_fk" FOREIGN KEY ("media_id") REFERENCES "public"."media"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "media_owner_created_idx" ON "media" USING btree ("owner_id","created_at" desc,"id" desc);--> statement-breakpoint
CREATE INDEX "media_held_idx" ON "media" USING btree ("updated_at" desc,"id" desc) WHERE "media"."state" <> 'ready';--> statement-breakpoint
CREATE INDEX "media_created_idx" ON "media" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "media_uses_subject_idx" ON "media_uses" USING btree ("subject_kind","subject_id");--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_cover_media_id_media_id_fk" FOREIGN KEY ("cover_media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_avatar_media_id_media_id_fk" FOREIGN KEY ("avatar_media_id") REFERENCES "public"."media"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "articles_cover_media_id_idx" ON "articles" USING btree ("cover_media_id") WHERE "articles"."cover_media_id" is not null;--> statement-breakpoint
CREATE INDEX "users_avatar_media_id_idx" ON "users" USING btree ("avatar_media_id") WHERE "users"."avatar_media_id" is not null;--> statement-breakpoint
ALTER TABLE "articles" ADD CONSTRAINT "articles_cover_focus_check" CHECK ("articles"."cover_focus" is null or coalesce(("articles"."cover_focus" ->> 'x')::int between 0 and 100 and ("articles"."cover_focus" ->> 'y')::int between 0 and 100, false));