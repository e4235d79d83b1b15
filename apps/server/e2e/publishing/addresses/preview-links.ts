import type { Addresses } from '../addresses.ts'

export const addresses: Addresses = async ({ call, word }) => {
  const content = { title: word(200), description: word(300), body: `## ${word(200)}` }
  const { id: articleId } = await call('articles.create', content)
  const { url = '' } = await call('previewLinks.create', { articleId, name: word(80) })
  const { pathname, search } = new URL(url)
  return { '/preview': [`${pathname}${search}`, '/preview?token=a'] }
}
