-- compatible
CREATE TABLE "notification_digests" (
	"user_id" uuid NOT NULL,
	"rhythm" text NOT NULL,
	"day" date NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_digests_user_id_rhythm_day_pk" PRIMARY KEY("user_id","rhythm","day"),
	CONSTRAINT "notification_digests_rhythm_check" CHECK ("notification_digests"."rhythm" in ('daily', 'weekly'))
);
--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"in_app" boolean NOT NULL,
	"email" text NOT NULL,
	CONSTRAINT "notification_preferences_user_id_kind_pk" PRIMARY KEY("user_id","kind"),
	CONSTRAINT "notification_preferences_kind_check" CHECK ("notification_preferences"."kind" ~ '^[a-z-]{1,40}$'),
	CONSTRAINT "notification_preferences_email_check" CHECK ("notification_preferences"."email" in ('off', 'now', 'daily', 'weekly'))
);
--> statement-breakpoint
CREATE TABLE "notification_zones" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "notification_zones_time_zone_check" CHECK (length("notification_zones"."time_zone") between 1 and 64)
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"actor_id" uuid,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"context_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"in_app" boolean NOT NULL,
	"email" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	"mailed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_kind_check" CHECK ("notifications"."kind" ~ '^[a-z-]{1,40}$'),
	CONSTRAINT "notifications_key_check" CHECK (length("notifications"."key") between 1 and 100),
	CONSTRAINT "notifications_subject_kind_check" CHECK ("notifications"."subject_kind" ~ '^[a-z-]{1,40}$'),
	CONSTRAINT "notifications_email_check" CHECK ("notifications"."email" in ('off', 'now', 'daily', 'weekly')),
	CONSTRAINT "notifications_channel_check" CHECK ("notifications"."in_app" or "notifications"."email" <> 'off')
);
--> statement-breakpoint
CREATE TABLE "tag_follows" (
	"user_id" uuid NOT NULL,
	"tag_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tag_follows_user_id_tag_id_pk" PRIMARY KEY("user_id","tag_id")
);
--> statement-breakpoint
ALTER TABLE "notification_digests" ADD CONSTRAINT "notification_digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_zones" ADD CONSTRAINT "notification_zones_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_follows" ADD CONSTRAINT "tag_follows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_follows" ADD CONSTRAINT "tag_follows_tag_id_tags_id_fk" FOREIGN KEY ("tag_id") REFERENCES "public"."tags"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notification_digests_created_at_idx" ON "notification_digests" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_key" ON "notifications" USING btree ("user_id","kind","key");--> statement-breakpoint
CREATE INDEX "notifications_list_idx" ON "notifications" USING btree ("user_id","created_at" desc,"id" desc) WHERE "notifications"."in_app";--> statement-breakpoint
CREATE INDEX "notifications_unread_idx" ON "notifications" USING btree ("user_id","created_at" desc,"id" desc) WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_to_mail_idx" ON "notifications" USING btree ("email","created_at") WHERE "notifications"."email" <> 'off' and "notifications"."read_at" is null and "notifications"."mailed_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_created_at_idx" ON "notifications" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "notifications_actor_id_idx" ON "notifications" USING btree ("actor_id") WHERE "notifications"."actor_id" is not null;--> statement-breakpoint
CREATE INDEX "tag_follows_tag_created_idx" ON "tag_follows" USING btree ("tag_id","created_at" desc,"user_id" desc);--> statement-breakpoint
CREATE INDEX "tag_follows_user_created_idx" ON "tag_follows" USING btree ("user_id","created_at" desc,"tag_id" desc);--> statement-breakpoint
CREATE INDEX "favourites_created_at_idx" ON "favourites" USING brin ("created_at");