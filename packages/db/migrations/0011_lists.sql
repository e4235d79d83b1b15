-- compatible
CREATE INDEX "articles_drafts_idx" ON "articles" USING btree ("updated_at" desc,"id" desc) WHERE "articles"."status" = 'draft';--> statement-breakpoint
CREATE INDEX "favourites_user_created_idx" ON "favourites" USING btree ("user_id","created_at" desc,"article_id" desc);--> statement-breakpoint
CREATE INDEX "follows_followed_created_idx" ON "follows" USING btree ("followed_id","created_at" desc,"follower_id" desc);--> statement-breakpoint
CREATE INDEX "follows_follower_created_idx" ON "follows" USING btree ("follower_id","created_at" desc,"followed_id" desc);--> statement-breakpoint
DROP INDEX "follows_followed_id_idx";
