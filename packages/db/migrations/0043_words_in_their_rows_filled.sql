-- compatible
-- in batches
SELECT next FROM store_article_documents($1::uuid, 300)
