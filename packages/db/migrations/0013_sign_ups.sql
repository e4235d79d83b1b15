-- compatible
ALTER TABLE "users" ADD COLUMN "sign_up_id" uuid;