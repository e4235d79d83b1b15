-- compatible
ALTER TABLE "job_runs" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;