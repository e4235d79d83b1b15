-- compatible
-- in batches
SELECT next FROM index_articles($1::uuid, '-infinity', 100)
