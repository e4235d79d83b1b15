-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "api_tokens_expires_at_idx" ON "api_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "invitations_expires_at_idx" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "job_runs_finished_at_idx" ON "job_runs" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "users_unverified_idx" ON "users" USING btree ("created_at") WHERE "users"."email_verified_at" is null;
