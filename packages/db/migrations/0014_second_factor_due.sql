-- compatible
ALTER TABLE "users" ADD COLUMN "second_factor_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "second_factor_reset_at" timestamp (3) with time zone;