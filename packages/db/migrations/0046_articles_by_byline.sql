-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "articles_byline_ids_idx" ON "articles" USING gin ("byline_ids") WHERE "articles"."byline_ids" <> '{}';
