-- compatible
DROP INDEX "outbox_created_at_idx";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_xid_idx" ON "outbox" USING btree ("xid");
