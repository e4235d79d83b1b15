-- compatible
ALTER TABLE "job_runs" ADD COLUMN "failure_reason" text;