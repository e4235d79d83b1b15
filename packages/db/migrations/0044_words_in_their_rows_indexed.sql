-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "article_documents_document_idx" ON "article_documents" USING gin ("document") WITH (gin_pending_list_limit=512) WHERE "article_documents"."status" = 'published';--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "article_documents_author_id_idx" ON "article_documents" USING btree ("author_id") WHERE "article_documents"."status" = 'published';--> statement-breakpoint
ALTER TABLE "article_documents" VALIDATE CONSTRAINT "article_documents_filled";
