import type { TopicRule, TopicRules } from '@galley/platform/live/topics'
import { canEditArticle, canSeeArticle } from './policy.ts'
import { findArticleFacts } from './queries.ts'

const ofArticle =
  (decide: typeof canSeeArticle): TopicRule =>
  async (db, id) => {
    const article = await findArticleFacts(db, id)
    return (actor) => (article ? decide(actor, article) : 'article/not-found')
  }

/** Who may hear of what in the publication. */
export const publishingTopicRules: TopicRules = {
  article: ofArticle(canSeeArticle),
  editing: ofArticle(canEditArticle),
  presence: ofArticle(canEditArticle),
}
