-- compatible
ALTER TABLE "users" ADD COLUMN "review_since" timestamp (3) with time zone;