import { AppError } from '../../errors.ts'

/** What is out has a title and a text; throws `article/incomplete` with the fields that lack. */
export function refuseIncomplete(article: { title: string; body: string }) {
  const missing = (['title', 'body'] as const).filter((path) => article[path].trim() === '')
  const fields = missing.map((path) => ({ path, message: 'Must not be empty.' }))
  if (fields.length > 0) throw new AppError('article/incomplete', { fields })
}
