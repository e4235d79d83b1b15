import type { Tx } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import { updateArticle } from '@galley/publishing/articles/update'
import { inviteCoAuthor, orderAuthors } from '@galley/publishing/co-authors/manage'
import { acceptCoAuthorship } from '@galley/publishing/co-authors/respond'
import type { AuthedCtx } from '@galley/publishing/ctx'
import { createPreviewLink } from '@galley/publishing/preview-links/manage'
import { eq } from 'drizzle-orm'

type As = (username: string, at: Date) => AuthedCtx

/** An article by two people, an invitation that waits for Mira, a preview link, and an address that was changed. */
export async function seedAuthorship(tx: Tx, as: As, at: Date): Promise<void> {
  const tree = await idOf(tx, 'what-a-b-tree-can-and-cannot-find')
  await inviteCoAuthor(as('jonas-lind', at), { articleId: tree, username: 'petra-novak' })
  await acceptCoAuthorship(as('petra-novak', at), { articleId: tree })
  await orderAuthors(as('jonas-lind', at), {
    articleId: tree,
    usernames: ['petra-novak', 'jonas-lind'],
  })

  const hedge = await idOf(tx, 'a-hedge-is-a-slow-machine')
  await inviteCoAuthor(as('ines-moreau', at), { articleId: hedge, username: 'mira-okafor' })
  // Now: it works for a month.
  await createPreviewLink(as('ines-moreau', new Date()), {
    articleId: hedge,
    name: 'For the tree nursery',
    expiresInDays: 30,
  })

  const towers = await idOf(tx, 'the-semaphore-towers-of-claude-chappe')
  const editor = as('mira-okafor', at)
  await updateArticle(editor, { id: towers, version: 'any', slug: 'semaphore-towers' })
}

async function idOf(tx: Tx, slug: string): Promise<string> {
  const [article] = await tx
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.slug, slug))
  if (!article) throw new Error(`The seed has no article ${slug}`)
  return article.id
}
