import { z } from 'zod'
import { givenTimestamp, Id, multiline, SeenVersion, Timestamp, TimeZone } from '../primitives.ts'
import { hasVisibleText } from '../text.ts'

/** Names one article at the version the caller saw last: publish, unpublish. */
export const ArticleAtVersion = z.strictObject({ id: Id, version: SeenVersion })
export type ArticleAtVersion = z.output<typeof ArticleAtVersion>

/** What an article does by itself at a time: become published, or a draft again. */
export const ArticleSchedule = z.object({
  action: z.enum(['publish', 'unpublish']),
  at: Timestamp,
  /** The IANA zone in which the time was chosen. */
  zone: z.string(),
})
export type ArticleSchedule = z.output<typeof ArticleSchedule>

/** Why an article came back to its author: an editor sent it back, or it could not be published at its time. */
export const ArticleNotice = z.object({
  kind: z.enum(['sent_back', 'missed']),
  reason: z.string(),
  at: Timestamp,
})
export type ArticleNotice = z.output<typeof ArticleNotice>

/** A moment in the future, and the zone of the calendar in which it was chosen. */
const ChosenTime = z.strictObject({ at: givenTimestamp(), zone: TimeZone })

/** `publish` a draft at a time, or `unpublish` what is published; in the place of a time that was chosen before. */
export const ScheduleArticle = ArticleAtVersion.extend({
  action: ArticleSchedule.shape.action,
  ...ChosenTime.shape,
})
export type ScheduleArticle = z.output<typeof ScheduleArticle>

const ReviewText = multiline(2000)

/** Asks editors to decide; `note` is what they should know. */
export const RequestReview = ArticleAtVersion.extend({ note: ReviewText.optional() })
export type RequestReview = z.output<typeof RequestReview>

/** Publishes at once, or at a time. */
export const ApproveArticle = ArticleAtVersion.extend({ schedule: ChosenTime.optional() })
export type ApproveArticle = z.output<typeof ApproveArticle>

/** Makes it a draft again; its author reads the reason. */
export const SendBackArticle = ArticleAtVersion.extend({
  reason: ReviewText.refine(hasVisibleText, 'Must not be empty.'),
})
export type SendBackArticle = z.output<typeof SendBackArticle>
