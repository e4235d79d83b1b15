-- compatible
ALTER TABLE "rate_counters" ADD COLUMN "granted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "throttles" ADD COLUMN "refused" boolean DEFAULT false NOT NULL;