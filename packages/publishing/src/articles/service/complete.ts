import { hasVisibleText } from '@galley/contract/text'
import type { Ctx } from '../../ctx.ts'
import { AppError } from '@galley/platform/errors'

/** `bodyHtml` is left out where the text stays as it was published. */
type Content = { title: string; bodyHtml: string | undefined }

/** What is out has a title and a text that readers see; throws `article/incomplete` with the fields that lack. */
export function refuseIncomplete({ markdown }: Ctx, { title, bodyHtml }: Content) {
  const missing = [
    ...(hasVisibleText(title) ? [] : ['title']),
    ...(bodyHtml !== undefined && markdown.isBlank(bodyHtml) ? ['body'] : []),
  ]
  const fields = missing.map((path) => ({ path, message: 'Must not be empty.' }))
  if (fields.length > 0) throw new AppError('article/incomplete', { fields })
}
