import type { ErrorReason } from '@galley/contract/errors'

/** What it means to the caller that one of these is violated, where no service caught it. */
export const platformConstraints: Record<string, ErrorReason> = {
  api_tokens_name_check: 'request/invalid',
  api_tokens_token_hash_key: 'server/internal',
  idempotency_keys_caller_id_key_hash_pk: 'request/idempotency-in-flight',
  identities_provider_subject_key: 'identity/taken',
  identities_user_id_provider_key: 'identity/already-connected',
  invitations_email_key: 'server/unavailable',
  users_display_name_check: 'request/invalid',
  users_email_check: 'request/invalid',
  users_email_key: 'identity/email-taken',
  users_username_check: 'request/invalid',
  users_username_key: 'user/username-taken',
}

/** The same for a foreign key that leads to this table. */
export const platformReferences: Record<string, ErrorReason> = {
  token_families: 'token/invalid',
  users: 'user/not-found',
}
