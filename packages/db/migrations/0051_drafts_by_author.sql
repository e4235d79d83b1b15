-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "articles_author_unpublished_idx" ON "articles" USING btree ("author_id","status","updated_at" desc,"id" desc) WHERE "articles"."status" <> 'published';