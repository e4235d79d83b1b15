-- compatible
-- allowed adding-not-nullable-field: a valid constraint says so already, which spares the scan
ALTER TABLE "article_documents" ALTER COLUMN "author_id" SET NOT NULL;--> statement-breakpoint
-- allowed adding-not-nullable-field: as above
ALTER TABLE "article_documents" ALTER COLUMN "status" SET NOT NULL;--> statement-breakpoint
-- allowed adding-not-nullable-field: as above
ALTER TABLE "article_documents" ALTER COLUMN "config" SET NOT NULL;--> statement-breakpoint
-- allowed adding-not-nullable-field: as above
ALTER TABLE "article_documents" ALTER COLUMN "content" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "article_documents" DROP CONSTRAINT "article_documents_filled";
