import { randomInt } from 'node:crypto'
import { addressText } from '@galley/contract/text'
import type { Tx } from '@galley/db/client'
import { isUniqueViolation } from '@galley/db/errors'

const maxLength = 80

/** The part of an address that a title gives, in the title's own script; accents of Latin letters are dropped. */
export function slugify(title: string): string {
  const words = addressText(title.normalize('NFKD'))
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  const cut = Array.from(words).slice(0, maxLength).join('')
  return cut.replaceAll(/^-|-$/g, '') || 'untitled'
}

/** Whether `slug` is what `title` gives, with or without the suffix that told it from another. */
export function isSlugOf(title: string, slug: string): boolean {
  const base = slugify(title)
  return slug === base || (slug.startsWith(`${base}-`) && suffix.test(slug.slice(base.length + 1)))
}

const suffix = /^[a-z2-9]{6}$/
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const randomSuffix = () =>
  Array.from({ length: 6 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** Writes with the title's plain slug or, where another article has it, with a suffix; each try in a savepoint. */
export async function withFreeSlug<Result>(
  tx: Tx,
  title: string,
  write: (tx: Tx, slug: string) => Promise<Result>,
): Promise<Result> {
  const base = slugify(title)
  try {
    return await tx.transaction((savepoint) => write(savepoint, base))
  } catch (error) {
    if (!isUniqueViolation(error, 'articles_slug_key')) throw error
    return await tx.transaction((savepoint) => write(savepoint, `${base}-${randomSuffix()}`))
  }
}
