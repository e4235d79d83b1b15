-- compatible
-- in batches
SELECT next FROM repair_article_counts($1::uuid, 500)
