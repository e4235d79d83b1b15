-- compatible
-- in batches
SELECT next FROM index_people($1::uuid, 500)
