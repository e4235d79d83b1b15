import { z } from 'zod'
import { Count, Id, listInput, page, SeenVersion, TimeOrder, Timestamp } from '../primitives.ts'
import { FocalPoint } from '../platform/media.ts'
import { Byline } from '../platform/users.ts'
import { SaveReason } from './articles.ts'

/** The texts that one article has had. */
export const ListRevisions = listInput(TimeOrder, { articleId: Id })
export type ListRevisions = z.output<typeof ListRevisions>

export const RevisionById = z.strictObject({ id: Id })
export type RevisionById = z.output<typeof RevisionById>

/** From `against` to this revision; by default from the one before it. */
export const CompareRevision = RevisionById.extend({ against: Id.optional() })
export type CompareRevision = z.output<typeof CompareRevision>

/** `version` is the one of the article that the caller saw last. */
export const RestoreRevision = RevisionById.extend({
  version: SeenVersion,
  reason: SaveReason.optional(),
})
export type RestoreRevision = z.output<typeof RestoreRevision>

/** How a revision came about. */
export const RevisionCause = z.enum(['created', 'saved', 'restored'])

/** One text of an article, without the text. */
export const RevisionSummary = z.object({
  id: Id,
  articleId: Id,
  /** The last version of the article with this text. */
  version: z.int(),
  author: Byline,
  cause: RevisionCause,
  reason: z.string(),
  /** Whether readers could see it. */
  wasPublic: z.boolean(),
  /** The version whose text it took back. */
  restoredVersion: z.int().nullable(),
  title: z.string(),
  words: Count,
  /** Its first save; later ones of the same author count to it for some minutes. */
  createdAt: Timestamp,
  savedAt: Timestamp,
})
export type RevisionSummary = z.output<typeof RevisionSummary>

export const RevisionPage = page(RevisionSummary)

/** One text of an article. */
export const RevisionView = RevisionSummary.extend({
  description: z.string(),
  coverUrl: z.string().nullable(),
  coverMediaId: Id.nullable(),
  coverFocus: FocalPoint.nullable(),
  body: z.string(),
  language: z.string().nullable(),
  tags: z.array(z.string()),
})
export type RevisionView = z.output<typeof RevisionView>

/** A part of a text that is in both, or in one of two. */
export const ComparedPart = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
})
export type ComparedPart = z.output<typeof ComparedPart>

/** What differs between two revisions of one article, word by word. */
export const RevisionComparison = z.object({
  /** Null where the later one is the first of all. */
  before: RevisionSummary.nullable(),
  after: RevisionSummary,
  /** The fields beside the text that differ, as a person reads them. */
  fields: z.array(
    z.object({
      field: z.enum(['title', 'description', 'cover', 'language', 'tags']),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** Of the Markdown. */
  source: z.array(ComparedPart),
  /** Of the sanitised HTML: the later text with what is new in `ins` and what is gone in `del`. */
  html: z.string(),
  /** Whether they differ so much that longer parts are given as changed than are. */
  isRough: z.boolean(),
})
export type RevisionComparison = z.output<typeof RevisionComparison>
