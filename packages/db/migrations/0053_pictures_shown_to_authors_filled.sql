-- compatible
-- in batches
WITH batch AS (
  SELECT a.id, article_writers(a) AS writers FROM articles a
  WHERE a.id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY a.id LIMIT 500 FOR NO KEY UPDATE
), shown AS (
  UPDATE media_uses SET reader_ids = writers FROM batch
  WHERE subject_kind = 'article' AND subject_id = batch.id AND reader_ids IS DISTINCT FROM writers
)
SELECT CASE WHEN count(*) = 500 THEN (array_agg(id ORDER BY id DESC))[1] END AS next FROM batch
