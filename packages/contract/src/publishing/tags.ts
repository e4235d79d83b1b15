import { z } from 'zod'
import { Count, listInput, page } from '../primitives.ts'
import { addressText, text } from '../text.ts'

/**
 * At most 40 of letters and digits of any script with single hyphens between; "Web Performance" is `web-performance`.
 * `+` and `#` after a letter or a digit are part of the name: "C++", "C#" and "C" are three tags.
 */
export const TagSlug = text(100, 'Must be at most 40 characters.')
  .overwrite(normalizeTag)
  .min(1, 'Must contain a letter or a digit.')
  .max(40, 'Must be at most 40 characters.')

function normalizeTag(value: string) {
  return addressText(value.normalize('NFKC').toLowerCase())
    .replaceAll('i\u0307', 'i') // what a Turkish capital İ becomes
    .normalize('NFC')
    .replaceAll('♯', '#')
    .replaceAll(/(?<![\p{L}\p{M}\p{N}+#])[+#]+/gu, '-')
    .replaceAll(/[^\p{L}\p{M}\p{N}+#]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}

export const MAX_TAGS = 5

/** Tags of one article: normalised, without repeats. */
export const TagList = z
  .array(TagSlug)
  .max(20, 'Use at most 5 tags.')
  .overwrite((tags) => [...new Set(tags)])
  .max(MAX_TAGS, `Use at most ${MAX_TAGS} tags.`)

/** The most used first, or from A to Z. */
export const TagOrder = z.enum(['used', 'name'])

/** `query` is how the tag begins, however it is written. */
export const ListTags = listInput(TagOrder, { query: TagSlug.optional() })
export type ListTags = z.output<typeof ListTags>

export const TagBySlug = z.strictObject({ slug: TagSlug })
export type TagBySlug = z.output<typeof TagBySlug>

/** A tag with the number of published articles that carry it. */
export const TagView = z.object({ slug: z.string(), articleCount: Count })
export type TagView = z.output<typeof TagView>

export const TagPage = page(TagView)
