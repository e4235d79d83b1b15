export const publishingActions = [
  'article.updated',
  'article.published',
  'article.unpublished',
  'article.deleted',
  'article.slug-changed',
  'article.author-invited',
  'article.author-joined',
  'article.author-removed',
  'article.authors-ordered',
  'preview-link.created',
  'preview-link.deleted',
  'comment.deleted',
] as const
