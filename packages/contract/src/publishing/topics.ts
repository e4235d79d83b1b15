import { Id } from '../primitives.ts'

/** What people can watch of the publication. */
export const publishingTopics = {
  /** An article and what is said of it, for those who may read it. */
  article: Id,
  /** What happens to the text of an article, for those who may edit it. */
  editing: Id,
  /** Who has an article open to edit it, and where they are, for those who may edit it. */
  presence: Id,
}
