-- compatible
-- As before, but for two things. People are those who write. And `wide` is `exact` itself where that has no phrase: taken apart and put
-- together again it was another value, and a search for two words in several languages was taken for one.
CREATE OR REPLACE FUNCTION search_queries(words text, last text, OUT configs text[], OUT queries tsquery[], OUT ranked tsquery[], OUT typed tsquery[],
  OUT forms tsquery, OUT exact tsquery, OUT wide tsquery, OUT people uuid[])
LANGUAGE plpgsql STABLE AS $$
DECLARE
  excludes boolean := words ~ '(^|\s)-';
  folded text := search_folded(words);
  positive text := CASE WHEN excludes THEN search_folded(regexp_replace(words, '(^|\s)-("[^"]*"?|\S+)', ' ', 'g')) ELSE folded END;
  prefix text := search_words(last, false);
  name tsquery := search_query('simple', folded, NULL);
BEGIN
  forms := CASE WHEN excludes THEN search_query('simple', positive, NULL) ELSE name END;
  SELECT array_agg(config), array_agg(query),
    array_agg(CASE WHEN excludes THEN search_query(config, positive, prefix) ELSE query END),
    array_agg(CASE WHEN config = 'simple' THEN forms ELSE search_query(config, positive, NULL) END),
    CASE WHEN count(DISTINCT query) = 1 AND bool_and(position('!' IN query::text) = 0)
    THEN (array_agg(query))[1] ELSE search_any(quote_literal('@' || config)::tsquery && query) END
  INTO configs, queries, ranked, typed, exact
  FROM (SELECT config, search_query(config, folded, prefix) AS query FROM search_configs() config) each
  WHERE numnode(query) > 0;
  wide := CASE WHEN position('!' IN exact::text) > 0 OR position('<' IN exact::text) = 0 THEN exact
    ELSE regexp_replace(exact::text, '<(?:-|\d+)>', '&', 'g')::tsquery END;
  people := array(SELECT user_id FROM person_search
    WHERE numnode(name) > 0 AND names @@ (name && '''@author'''::tsquery) AND position('!' IN name::text) = 0 LIMIT 100);
END
$$;
