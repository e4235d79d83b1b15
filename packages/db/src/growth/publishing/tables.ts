import type { Growth } from '../growth.ts'

/** Of each table of the publication, by its name in the code; a test finds those that are missing. */
export const publishingGrowth = {
  articles: { with: 'what is written; in the trash for 30 days (articles.sweep-trash)' },
  articleAuthors: { with: 'articles, 10 each' },
  articlePresence: { kept: 'an hour', by: 'presence.sweep' },
  articleTags: { with: 'articles, 5 each' },
  articleDocuments: { with: 'articles, 1 each' },
  articleSearch: { with: 'articles, 1 each' },
  formerSlugs: { with: 'articles, 20 each' },
  reviewNotes: { with: 'articles that are reviewed' },
  tags: { with: 'articles' },
  searchTerms: { with: 'articles, their words' },
  personSearch: { with: 'people, 1 each' },
  comments: { with: 'what is written' },
  commentMentions: { with: 'comments, 10 each' },
  favourites: { with: 'people and articles' },
  follows: { with: 'people' },
  tagFollows: { with: 'people and tags' },
  revisions: { kept: 'all of 30 days, then one a day, 200 of an article', by: 'revisions.sweep' },
  previewLinks: { with: 'articles, 20 each' },
} satisfies Record<string, Growth>
