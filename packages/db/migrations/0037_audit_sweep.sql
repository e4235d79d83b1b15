-- compatible
-- The server's role may not delete from the audit log: this does, as its owner, what is older than anybody may set (90 days), and
-- leaves a line of each turn. `entry` is the id of that line.
CREATE FUNCTION sweep_audit_log(entry uuid, older_than timestamptz, most integer, request text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  swept integer;
BEGIN
  IF older_than > now() - interval '90 days' THEN
    RAISE EXCEPTION 'The audit log is kept for 90 days at least' USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM public.audit_log WHERE id IN (
    SELECT id FROM public.audit_log WHERE at < older_than ORDER BY at, id LIMIT most FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS swept = ROW_COUNT;
  IF swept > 0 THEN
    INSERT INTO public.audit_log (id, action, actor_kind, target_type, target_id, after, request_id)
    VALUES (entry, 'audit.swept', 'system', 'audit-log', 'site',
      jsonb_build_object('entries', swept, 'before', to_char(older_than AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), request);
  END IF;
  RETURN swept;
END $$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sweep_audit_log(uuid, timestamptz, integer, text) FROM PUBLIC;
