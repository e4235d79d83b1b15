import type { SiteView } from '@galley/contract/platform/site'
import type { Ctx } from '../ctx.ts'

/** What everybody may know of the settings. */
export function getSite({ site }: Pick<Ctx, 'site'>): SiteView {
  const { name, description, language, links, logoUrl, signUp } = site
  return { name, description, language, links: [...links], logoUrl, signUp }
}
