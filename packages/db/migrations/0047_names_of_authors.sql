-- compatible
-- Beside the names of who writes stands a marker, which no search can ask for by itself: of many namesakes most only read.
CREATE OR REPLACE FUNCTION index_person(person users) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO person_search (user_id, names)
  VALUES (person.id, to_tsvector('simple', search_words(person.display_name || ' ' || person.username, true))
    || CASE WHEN EXISTS (SELECT FROM article_authors WHERE user_id = person.id AND accepted_at IS NOT NULL)
      THEN '''@author'''::tsvector ELSE '' END)
  ON CONFLICT (user_id) DO UPDATE SET names = excluded.names;
  PERFORM store_search_terms(person.display_name || ' ' || person.username);
END
$$;--> statement-breakpoint
-- Who stops writing keeps it until a rebuild, which only costs a place among namesakes.
CREATE FUNCTION mark_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE person_search SET names = names || '''@author'''::tsvector
  WHERE user_id = NEW.user_id AND NOT names @@ '''@author'''::tsquery;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER article_authors_marked AFTER INSERT OR UPDATE OF accepted_at, user_id ON article_authors
  FOR EACH ROW WHEN (NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION mark_author();
