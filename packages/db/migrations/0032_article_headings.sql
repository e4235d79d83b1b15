-- compatible
ALTER TABLE "articles" ADD COLUMN "headings" jsonb DEFAULT '[]'::jsonb NOT NULL;