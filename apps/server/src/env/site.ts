import { SignUpPolicy, SiteLink } from '@galley/contract/platform/site'
import { z } from 'zod'

/** A list as JSON in a variable. The message says where it is wrong and what `shape` it has; never a value, it may be a secret. */
export const jsonList = <Item extends z.ZodType>(item: Item, max: number, shape: string) =>
  z.string().transform((value, ctx) => {
    const { success, data, error } = z.array(item).max(max).safeParse(parse(value))
    if (success) return data
    const where = error.issues[0]?.path.join('.') || 'the list'
    ctx.addIssue({ code: 'custom', message: `see ${where}; it must be a JSON list of ${shape}` })
    return z.NEVER
  })

function parse(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** What the publication calls itself, and who may join it. */
export const siteVariables = {
  SITE_NAME: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .default('Galley')
    .describe('What the publication is called, in pages and mails.'),
  SITE_DESCRIPTION: z
    .string()
    .trim()
    .max(300)
    .default('Essays and notes on how things are made, and how they hold up.')
    .describe('What the publication is about, in its footer and for search engines.'),
  SITE_LANGUAGE: z
    .string()
    .max(35)
    .refine(isLanguageTag, 'it must be a language tag such as en or pt-BR')
    .default('en')
    .describe(
      'The language that the publication is written in, a BCP 47 tag such as en or pt-BR: the lang of its pages. Words of the interface are English.',
    ),
  SITE_LINKS: jsonList(
    SiteLink,
    12,
    'at most 12 objects with label and href (a path, https:// or mailto:)',
  )
    .default([])
    .describe(
      'Links in the footer of every page as a JSON list, [{"label":"Imprint","href":"https://galley.example/imprint"},{"label":"Contact","href":"mailto:us@galley.example"}].',
    ),
  SIGN_UP: SignUpPolicy.default('readers').describe(
    'Who may make an account: open, everybody, as an author; readers, everybody, as a reader; invite, who was invited; closed, nobody.',
  ),
}

function isLanguageTag(value: string) {
  try {
    return Intl.getCanonicalLocales(value)[0] === value
  } catch {
    return false
  }
}
