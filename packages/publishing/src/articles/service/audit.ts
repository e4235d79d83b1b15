import type { Tx } from '@galley/db/client'
import { isAuthorOf } from '@galley/platform/actor'
import { recordAudit } from '@galley/platform/audit/service'
import type { AuthedCtx } from '../../ctx.ts'
import type { ArticleRow } from '../queries.ts'

type Verb = 'updated' | 'published' | 'unpublished' | 'deleted'

/** Writes down what becomes of an article; changes of text only where it is somebody else's: people's own are theirs. */
export async function auditArticle(
  ctx: AuthedCtx,
  tx: Tx,
  verb: Verb,
  { before, after }: { before: ArticleRow; after?: ArticleRow },
): Promise<void> {
  if (verb === 'updated' && isAuthorOf(ctx.actor, before)) return
  await recordAudit(ctx, tx, {
    action: `article.${verb}`,
    target: { type: 'article', id: before.id },
    before: factsOf(before),
    ...(after && { after: factsOf(after) }),
  })
}

// The text itself is long, and not for a log.
const factsOf = ({ authorId, slug, title, status, version }: ArticleRow) => {
  return { authorId, slug, title, status, version }
}
