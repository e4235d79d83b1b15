import { z } from 'zod'
import { Byline } from '../platform/users.ts'
import { Id, line } from '../primitives.ts'

/** How long somebody is taken to be there after they last said so. */
export const PRESENT_SECONDS = 30

/** No more people are listed, those who came first. */
export const MAX_PRESENT = 20

const Coordinate = z.int('Must be a whole number.').min(1, 'Must be at least 1.').max(1_000_000)

/**
 * Where in an article somebody is: in which field, and of its text under which heading, at which line and column, both counted
 * from 1, the column in UTF-16 units.
 */
export const Place = z.strictObject({
  field: z.enum(['title', 'description', 'text']),
  heading: line(200).optional(),
  line: Coordinate.optional(),
  column: Coordinate.optional(),
})
export type Place = z.output<typeof Place>

export const PresenceOfArticle = z.strictObject({ articleId: Id })
export type PresenceOfArticle = z.output<typeof PresenceOfArticle>

/** `pageId`: of one page that has the article open; of several of a person, the last that said so counts. */
export const LeaveArticle = PresenceOfArticle.extend({ pageId: z.uuid('Must be a UUID.') })
export type LeaveArticle = z.output<typeof LeaveArticle>

/** `place`: null in none of the fields. */
export const AnnouncePresence = LeaveArticle.extend({ place: Place.nullable() })
export type AnnouncePresence = z.output<typeof AnnouncePresence>

export const LeftArticle = z.object({ articleId: Id })
export type LeftArticle = z.output<typeof LeftArticle>

/** Somebody else who has the article open to edit it. */
export const PresentPerson = z.object({ person: Byline, place: Place.nullable() })
export type PresentPerson = z.output<typeof PresentPerson>

/** All but the caller. */
export const Presence = z.object({ people: z.array(PresentPerson) })
export type Presence = z.output<typeof Presence>
