import { z } from 'zod'

/**
 * Who may make an account: `open`, everybody, as an author; `readers`, everybody, as a reader; `invite`, who was invited;
 * `closed`, nobody.
 */
export const SignUpPolicy = z.enum(['open', 'readers', 'invite', 'closed'])
export type SignUpPolicy = z.output<typeof SignUpPolicy>

/** A link in the footer of every page: an address at this site (`/articles/about`), or an absolute one. */
export const SiteLink = z.strictObject({
  label: z.string().min(1).max(40),
  href: z
    .string()
    .max(500)
    .regex(/^(?:\/(?![/\\])|https?:\/\/|mailto:)[^\s]*$/, 'Must be a path, https:// or mailto:.'),
})

/** What the publication calls itself, and who may make an account. */
export const SiteView = z.object({
  name: z.string(),
  description: z.string(),
  /** The language that the publication is written in, a BCP 47 tag. */
  language: z.string(),
  links: z.array(SiteLink),
  /** A small picture beside the name. */
  logoUrl: z.string().nullable(),
  signUp: SignUpPolicy,
})
export type SiteView = z.output<typeof SiteView>
