-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "article_search_published_at_idx" ON "article_search" USING btree ("at","article_id") WHERE "article_search"."status" = 'published';