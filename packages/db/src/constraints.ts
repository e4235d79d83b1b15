import type { ErrorReason } from '@galley/contract/errors'

/**
 * What it means to the caller that the database refused a row, where no service caught it: mostly that something went away, or
 * came, between the look and the write. Undefined for a constraint that nobody has thought of, which a test does not let through.
 */
export function reasonOfConstraint(name: string): ErrorReason | undefined {
  const named = reasonByConstraint[name]
  if (named) return named
  const [, referenced] = /_([a-z_]+)_id_fk$/.exec(name) ?? []
  if (referenced !== undefined) return reasonByReferenced(referenced)
  // Ids are made here, not given; and what a check forbids, the contract refuses or the code would not write.
  return /_(pkey|pk|check)$/.test(name) ? 'server/internal' : undefined
}

const reasonByConstraint: Record<string, ErrorReason> = {
  api_tokens_name_check: 'request/invalid',
  api_tokens_token_hash_key: 'server/internal',
  idempotency_keys_caller_id_key_hash_pk: 'request/idempotency-in-flight',
  identities_provider_subject_key: 'identity/taken',
  identities_user_id_provider_key: 'identity/already-connected',
  invitations_email_key: 'server/unavailable',
  media_alt_check: 'request/invalid',
  media_caption_check: 'request/invalid',
  media_file_name_check: 'request/invalid',
  notifications_key: 'server/unavailable',
  users_display_name_check: 'request/invalid',
  users_email_check: 'request/invalid',
  users_email_key: 'identity/email-taken',
  users_username_check: 'request/invalid',
  users_username_key: 'user/username-taken',
  article_documents_article_id_article_search_article_id_fk: 'article/not-found', // publishing
  articles_published_check: 'article/incomplete', // publishing
  // Free slugs are looked for until one is: this many writers of one title are a moment's load. // publishing
  articles_slug_key: 'server/unavailable', // publishing
  comments_body_check: 'request/invalid', // publishing
  preview_links_token_hash_key: 'server/internal', // publishing
  revisions_article_version_key: 'article/stale-version', // publishing
  follows_self_check: 'follow/self', // publishing
  tags_slug_key: 'server/unavailable', // publishing
}

/** The table that a foreign key leads to is the end of its name: `comments_article_id_articles_id_fk`. */
function reasonByReferenced(columnsAndTable: string): ErrorReason | undefined {
  const [, reason] =
    Object.entries(reasonByTable).find(([table]) => columnsAndTable.endsWith(`_${table}`)) ?? []
  return reason
}

const reasonByTable: Record<string, ErrorReason> = {
  token_families: 'token/invalid',
  users: 'user/not-found',
  media: 'media/not-found',
  articles: 'article/not-found', // publishing
  comments: 'comment/not-found', // publishing
  // An unused tag was swept away while it was put on an article: it is made again the next time. // publishing
  tags: 'server/unavailable', // publishing
}
