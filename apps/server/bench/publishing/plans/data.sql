-- What 50,000 people leave behind besides: as much of it as of them, so that the planner chooses as where it is much.
insert into tags (id, slug) select gen_random_uuid(), 'spare-' || n from generate_series(1, :rows) n;

insert into media (id, owner_id, kind, state, mime, file_name, bytes, storage_prefix, created_at, updated_at)
select gen_random_uuid(), id, 'image', 'processing', 'image/png', 'a.png', 1000, substr(md5(id::text), 1, 32), now(), now() from users;

insert into media_uses (media_id, subject_kind, subject_id, title, is_public) select id, 'article', id, 'An article', true from media;

insert into job_runs (id, job, owner_id, status, created_at, finished_at)
select gen_random_uuid(), 'exports.build', id, 'succeeded', now(), now() from users;

insert into job_effects (job_id, effect) select gen_random_uuid(), 'done' from users;

insert into api_tokens (id, user_id, name, token_hash, hint, scopes, expires_at)
select gen_random_uuid(), id, 'A token', encode(sha256(id::text::bytea), 'hex'), 'abcd', '{}', now() + interval '90 days' from users;

insert into one_time_tokens (id, purpose, user_id, data, expires_at)
select encode(sha256(id::text::bytea), 'hex'), 'verify-email', id, '{}', now() + interval '1 day' from users;

insert into token_families (id, user_id, expires_at) select gen_random_uuid(), id, now() + interval '30 days' from users;

insert into refresh_tokens (id, family_id, expires_at) select encode(sha256(id::text::bytea), 'hex'), id, expires_at from token_families;

insert into totp_credentials (user_id, secret_encrypted, confirmed_at) select id, '', now() from users;

insert into invitations (id, email, role, invited_by, expires_at)
select gen_random_uuid(), 'invited-' || email, 'reader', id, now() + interval '7 days' from users;

insert into rate_counters (key, window_start, current, previous, expires_at)
select 'person:' || id, now(), 1, 0, now() + interval '1 hour' from users;

insert into throttles (key, attempts, window_start, expires_at)
select 'account:' || id, 1, now(), now() + interval '1 hour' from users;

insert into idempotency_keys (caller_id, key_hash, fingerprint, answer, created_at)
select id, 'key', '', '{}', now() from users;

insert into notification_digests (user_id, rhythm, day)
select id, 'weekly', '2026-01-05' from users;
