-- compatible
ALTER TABLE "tags" DROP CONSTRAINT "tags_slug_check";--> statement-breakpoint
ALTER TABLE "tags" ADD CONSTRAINT "tags_slug_check" CHECK (length("tags"."slug") between 1 and 40 and "tags"."slug" !~ '[A-Z]' and "tags"."slug" !~ '[[:space:]/?]');