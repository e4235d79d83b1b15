-- :rows people, and as much of what they leave behind: tables that grow whatever is published.
insert into users (id, email, username, display_name, email_verified_at)
select gen_random_uuid(), 'person-' || n || '@example.com', 'person-' || n, 'Person ' || n, now()
from generate_series(1, :rows) n;

insert into sessions (id, user_id, expires_at, absolute_expires_at)
select encode(sha256(id::text::bytea), 'hex'), id, now() + interval '1 day', now() + interval '2 days' from users;

insert into audit_log (id, action, actor_kind, actor_id, target_type, target_id, subject_id, request_id)
select gen_random_uuid(), 'session.created', 'user', id, 'user', id, id, 'large' from users;

insert into outbox (id, event, payload, request_id, dispatched_at)
select gen_random_uuid(), 'user.profile-updated', jsonb_build_object('userId', id), 'large', now() from users;

insert into notifications (id, user_id, kind, key, subject_kind, subject_id, in_app, email)
select gen_random_uuid(), id, 'job-finished', id, 'job', id, true, 'off' from users;
