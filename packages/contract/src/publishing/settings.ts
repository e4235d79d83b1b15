import { z } from 'zod'
import { line } from '../primitives.ts'

/** The most words that a list of blocked ones may have. */
const MAX_BLOCKED_WORDS = 100

/** Of publishing and of comments: a line for each setting. */
export const publishingSettings = {
  /** Whether what authors write is published by editors alone, after a review. */
  reviewRequired: z.boolean(),
  /** The most links that a comment may have; null is no limit. */
  maxCommentLinks: z
    .int('Must be a whole number.')
    .min(0, 'Must be at least 0.')
    .max(100, 'Must be at most 100.')
    .nullable(),
  /** A comment with one of these words or phrases is refused. */
  blockedWords: z
    .array(line(60).min(1, 'Must not be empty.'))
    .max(MAX_BLOCKED_WORDS, `Must be at most ${MAX_BLOCKED_WORDS} words.`),
  /** For so many days after an article was published it takes comments; null is for ever. */
  commentDays: z
    .int('Must be a whole number.')
    .min(1, 'Must be at least 1.')
    .max(3650, 'Must be at most 3,650.')
    .nullable(),
}

/** What holds where nothing was set. */
export const publishingDefaults = {
  reviewRequired: false,
  maxCommentLinks: null,
  blockedWords: [],
  commentDays: null,
}
