import type { NotificationKinds } from '../notification-kinds.ts'

/** What the publication tells people of. */
export const publishingNotificationKinds = {
  comment: { meaning: 'Somebody comments on your article', inApp: true, email: 'daily' },
  reply: { meaning: 'Somebody answers your comment', inApp: true, email: 'now' },
  mention: { meaning: 'Somebody mentions you in a comment', inApp: true, email: 'now' },
  'review-requested': {
    meaning: 'An article waits for editors to review it',
    inApp: true,
    email: 'now',
  },
  'review-decided': {
    meaning: 'Editors decide on your article',
    inApp: true,
    email: 'now',
  },
  'byline-invited': {
    meaning: 'Somebody invites you to write an article along',
    inApp: true,
    email: 'now',
  },
  follow: { meaning: 'Somebody follows you', inApp: true, email: 'off' },
  favourites: { meaning: 'Your article is among favourites', inApp: true, email: 'off' },
  published: {
    meaning: 'Somebody you follow publishes, or a tag you follow has a new article',
    inApp: true,
    email: 'weekly',
  },
} as const satisfies NotificationKinds
