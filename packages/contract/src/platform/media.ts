import { z } from 'zod'
import { Count, Id, line, listInput, page, Timestamp } from '../primitives.ts'
import { Byline, Username } from './users.ts'

/** What may be uploaded. A type must be what the content says it is. */
export const mediaTypes = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/avif': 'image',
  'image/gif': 'image',
  'application/pdf': 'document',
} as const

export const MediaType = z.enum(Object.keys(mediaTypes) as (keyof typeof mediaTypes)[])
export type MediaType = z.output<typeof MediaType>

export const MediaKind = z.enum(['image', 'document'])
export type MediaKind = z.output<typeof MediaKind>

/**
 * `uploading` until all of it has arrived, `quarantined` until it was scanned, `processing` until its variants are made;
 * then `ready`, or `refused` for a reason. Only what is ready is served.
 */
export const MediaState = z.enum(['uploading', 'quarantined', 'processing', 'ready', 'refused'])
export type MediaState = z.output<typeof MediaState>

const described = {
  /** What the picture shows, for those who do not see it. */
  alt: line(1000),
  /** Whether it is there for its looks alone, and needs no alternative text. */
  decorative: z.boolean(),
  caption: line(500),
}

/** What comes beside the file in `POST /api/v1/media`. */
export const MediaFields = z.strictObject(described).partial()
export type MediaFields = z.output<typeof MediaFields>

/** The form of `POST /api/v1/media`: one file, and what is said of it. */
export const UploadMedia = MediaFields.extend({ file: z.file() })

/** A name as the person's device calls the file. Folders are left out. */
export const FileName = line(255).min(1, 'Must not be empty.')

/** Announces a file that the caller will send to the storage themselves. */
export const CreateUpload = MediaFields.extend({
  fileName: FileName,
  mime: MediaType,
  /** Exactly as many as will be sent. */
  bytes: z.int().min(1),
})
export type CreateUpload = z.output<typeof CreateUpload>

export const MediaById = z.strictObject({ id: Id })
export type MediaById = z.output<typeof MediaById>

export const UpdateMedia = MediaFields.extend({ id: Id })
export type UpdateMedia = z.output<typeof UpdateMedia>

/** What is in use is only deleted with `force`: it will be missing there. */
export const DeleteMedia = MediaById.extend({ force: z.boolean().default(false) })
export type DeleteMedia = z.output<typeof DeleteMedia>

/** By when they were uploaded, by their bytes, by the name of the file from A to Z or from Z to A. */
export const MediaOrder = z.enum(['newest', 'oldest', 'largest', 'smallest', 'name', '-name'])

/** The caller's own. `query` is looked for in file names, alternative texts and captions. */
export const ListMedia = listInput(MediaOrder, {
  query: line(100).optional(),
  kind: MediaKind.optional(),
  state: MediaState.optional(),
  used: z.boolean().optional(),
})
export type ListMedia = z.output<typeof ListMedia>

/** Last changed first, or last. */
export const HeldMediaOrder = z.enum(['updated', '-updated'])

/** What was refused, or waits to be scanned or processed, of anybody. */
export const ListHeldMedia = listInput(HeldMediaOrder, {
  state: z.enum(['uploading', 'quarantined', 'processing', 'refused']).optional(),
  owner: Username.optional(),
})
export type ListHeldMedia = z.output<typeof ListHeldMedia>

export const PictureFormat = z.enum(['avif', 'webp', 'jpeg', 'png', 'gif'])
export type PictureFormat = z.output<typeof PictureFormat>

/**
 * A picture as pages show it. Each of `widths` is there in each of `formats`, the best first, at
 * `/media/{id}/{width}.{format}`; `/media/{id}` is one that every browser shows.
 */
export const Picture = z.object({
  id: Id,
  alt: z.string(),
  decorative: z.boolean(),
  caption: z.string(),
  width: Count,
  height: Count,
  /** A blurred preview (github.com/evanw/thumbhash) in base64. */
  thumbhash: z.string().nullable(),
  widths: z.array(Count),
  formats: z.array(PictureFormat),
})
export type Picture = z.output<typeof Picture>

/** A file of one's own. */
export const MediaView = z.object({
  id: Id,
  kind: MediaKind,
  state: MediaState,
  /** Why it was refused, or is not ready yet: a stable reason as calls have one, `media/infected`. */
  reason: z.string().nullable(),
  mime: MediaType,
  fileName: z.string(),
  /** Of the file as it was uploaded; they count against the quota. */
  bytes: Count,
  alt: z.string(),
  decorative: z.boolean(),
  caption: z.string(),
  /** Where it is served once it is ready. */
  url: z.string(),
  /** Null of documents, and until it is ready. */
  picture: Picture.nullable(),
  /** The work on it, for `jobs.get`; null before all of it has arrived, and once that is over. */
  jobId: Id.nullable(),
  useCount: Count,
  /** When it is removed unless something uses it until then; null of what is used, or not looked at yet. */
  removedAt: Timestamp.nullable(),
  createdAt: Timestamp,
})
export type MediaView = z.output<typeof MediaView>

export const MediaPage = page(MediaView)

/** Where a file is used: in an article or as somebody's picture. */
export const MediaUse = z.object({
  subject: z.object({ kind: z.string(), id: Id, title: z.string() }),
  /** Whether everybody sees it there. */
  isPublic: z.boolean(),
})
export type MediaUse = z.output<typeof MediaUse>

/** Used last first, or first. */
export const MediaUseOrder = z.enum(['newest', 'oldest'])

export const ListMediaUses = listInput(MediaUseOrder, { id: Id })
export type ListMediaUses = z.output<typeof ListMediaUses>

export const MediaUsesPage = page(MediaUse)

/** A file that is held back, for admins. */
export const HeldMedia = MediaView.extend({
  owner: Byline,
  /** What the scanner or the picture library said; empty where there is nothing to say. */
  detail: z.string(),
  updatedAt: Timestamp,
})
export type HeldMedia = z.output<typeof HeldMedia>

export const HeldMediaPage = page(HeldMedia)

/** What the caller may still upload. */
export const MediaQuota = z.object({
  usedBytes: Count,
  limitBytes: Count,
  /** The most that one file may have. */
  maxFileBytes: Count,
  types: z.array(MediaType),
  /** Whether files may go directly to the storage: `media.createUpload`. */
  directUpload: z.boolean(),
})
export type MediaQuota = z.output<typeof MediaQuota>

/** Where to send the file, by PUT with these headers; then `media.completeUpload`. */
export const PreparedUpload = z.object({
  media: MediaView,
  upload: z.object({
    url: z.string(),
    method: z.literal('PUT'),
    headers: z.record(z.string(), z.string()),
    expiresAt: Timestamp,
  }),
})
export type PreparedUpload = z.output<typeof PreparedUpload>

/** The point of a picture, in per cent from its left and upper edge, that stays in view when it is cut to shape. */
export const FocalPoint = z.strictObject({
  x: z.int().min(0).max(100),
  y: z.int().min(0).max(100),
})
export type FocalPoint = z.output<typeof FocalPoint>

/** Where a variant of a picture is. */
export const pictureUrl = (
  { id }: Pick<Picture, 'id'>,
  width: number,
  format: PictureFormat,
): string => `/media/${id}/${width}.${format}`

/** Where a small variant of a picture is: for avatars. */
export const thumbnailUrl = (id: string): string => `/media/${id}/thumbnail`
