export const publishingActions = [
  'article.updated',
  'article.published',
  'article.unpublished',
  'article.deleted',
  'comment.deleted',
] as const
