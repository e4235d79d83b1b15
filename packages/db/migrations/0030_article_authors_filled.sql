-- compatible
-- in batches
SELECT next FROM repair_article_authors($1::uuid, 500)
