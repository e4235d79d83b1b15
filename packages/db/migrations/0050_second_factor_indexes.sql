-- compatible
-- concurrently
CREATE INDEX CONCURRENTLY IF NOT EXISTS "users_role_idx" ON "users" USING btree ("role") WHERE "users"."second_factor_due_at" is null;--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "users_second_factor_due_at_idx" ON "users" USING btree ("second_factor_due_at") WHERE "users"."second_factor_due_at" is not null;
