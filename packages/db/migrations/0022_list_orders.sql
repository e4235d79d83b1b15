-- compatible
CREATE INDEX "articles_favourites_idx" ON "articles" USING btree ("favourite_count" desc,"id" desc) WHERE "articles"."status" = 'published';--> statement-breakpoint
CREATE INDEX "tags_slug_pattern_idx" ON "tags" USING btree ("slug" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "users_display_name_idx" ON "users" USING btree (lower("display_name"),"id");--> statement-breakpoint
CREATE INDEX "users_display_name_pattern_idx" ON "users" USING btree (lower("display_name") text_pattern_ops);