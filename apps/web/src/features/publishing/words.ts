import { quoted, type Sentence } from '../platform/audit/sentences.ts'
import type { Texts } from '../../registry/texts.ts'

export const publishingNouns = {
  article: 'Articles',
  'preview-link': 'Preview links',
  comment: 'Comments',
}

export const publishingSentences = {
  'article.updated': ({ who, what }) => `${who} edited the article ${what}`,
  'article.published': ({ who, what }) => `${who} published the article ${what}`,
  'article.unpublished': ({ who, what }) => `${who} unpublished the article ${what}`,
  'article.archived': ({ who, what }) => `${who} archived the article ${what}`,
  'article.unarchived': ({ who, what }) => `${who} took the article ${what} out of the archive`,
  'article.scheduled': ({ who, what, after }) =>
    `${who} set the time ${after('scheduledAt')} for the article ${what}`,
  'article.unscheduled': ({ who, what }) => `${who} took back the time of the article ${what}`,
  'article.schedule-missed': ({ what, after }) =>
    `An article could not be published at its time, ${what}: ${quoted(after('reason'))}`,
  'article.deleted': ({ who, what }) => `${who} deleted the article ${what}`,
  'article.slug-changed': ({ who, what, before, after }) =>
    `${who} changed the address of the article ${what} from ${before('slug')} to ${after('slug')}`,
  'article.author-invited': ({ who, what, after }) =>
    `${who} invited @${after('username')} to write the article ${what} along`,
  'article.author-joined': ({ who, what }) => `${who} became an author of the article ${what}`,
  'article.author-removed': ({ who, what, before }) =>
    `${who} took @${before('username')} off the authors of the article ${what}`,
  'article.authors-ordered': ({ who, what }) =>
    `${who} changed the order of the authors of the article ${what}`,
  'preview-link.created': ({ who, what }) => `${who} made a preview link to the article ${what}`,
  'preview-link.deleted': ({ who, before }) =>
    `${who} revoked the preview link ${quoted(before('for'))}`,
  'article.comments-closed': ({ who, what }) => `${who} closed the comments of the article ${what}`,
  'article.comments-opened': ({ who, what }) =>
    `${who} opened the comments of the article ${what} again`,
  'article.restored': ({ who, what }) => `${who} took the article ${what} out of the trash`,
  'article.purged': ({ who, what }) => `${who} deleted the article ${what} for good`,
  'article.review-requested': ({ who, what }) => `${who} asked for a review of the article ${what}`,
  'article.review-withdrawn': ({ who, what }) => `${who} took the article ${what} back from review`,
  'article.approved': ({ who, what }) => `${who} approved the article ${what}`,
  'article.sent-back': ({ who, what }) => `${who} sent the article ${what} back to its author`,
  'comment.deleted': ({ who, before }) =>
    `${who} deleted a comment by somebody else: ${quoted(start(before('body')))}`,
} satisfies Record<string, Sentence>

const start = (text: string) =>
  Array.from(text).length > 80 ? `${Array.from(text).slice(0, 80).join('')}…` : text

export const publishingTexts: Partial<Texts> = {
  signUp: {
    open: 'To write, to comment and to follow authors.',
    readers: 'To comment and to follow authors.',
  },
  displayName: 'Shown with your articles and comments.',
  username: '3 to 30 letters, digits or hyphens; the address of your page.',
  newUsername:
    'Changing it changes the address of your page; the old one leads there, and stays yours for a year.',
}
