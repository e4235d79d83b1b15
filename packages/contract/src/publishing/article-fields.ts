import { z } from 'zod'
import { line } from '../primitives.ts'
import { addressText, text } from '../text.ts'

/** An address of an image: `https://...`, or a path of this site such as `/images/a.svg`. */
export const ImageUrl = line(2000).refine(
  isImageUrl,
  'Must start with https:// or with a single /.',
)

function isImageUrl(value: string) {
  if (/[\s\\<>"']/u.test(value)) return false
  return /^\/(?!\/)/.test(value) || (value.startsWith('https://') && URL.canParse(value))
}

/** A language as a BCP 47 tag in its canonical form: `en`, `pt-BR`, `zh-Hant`. */
export const LanguageTag = z
  .string()
  .min(1, { abort: true, error: 'Must not be empty.' })
  .max(35, { abort: true, error: 'Must be at most 35 characters.' })
  .refine(isLanguage, { abort: true, error: 'Must be a language tag such as en or pt-BR.' })
  .overwrite((value) => Intl.getCanonicalLocales(value)[0] ?? value)

function isLanguage(value: string) {
  // BCP 47 keeps longer names for languages free, "english" among them; none was ever given.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(value)) return false
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

/** The last part of an article's address: at most 80 of letters and digits of any script, with single hyphens between. */
export const ArticleSlug = text(200, 'Must be at most 80 characters.')
  .overwrite((value) =>
    addressText(value.normalize('NFKC').toLowerCase())
      .replaceAll('i\u0307', 'i') // what a Turkish capital İ becomes
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, ''),
  )
  .min(1, 'Must contain a letter or a digit.')
  .max(80, 'Must be at most 80 characters.')
