import type { Tx } from '@galley/db/client'
import { actsForOthers } from '../../actor.ts'
import { recordAudit } from '../../audit/service.ts'
import type { AuthedCtx } from '../../ctx.ts'
import type { ArticleRow } from '../queries.ts'

type Verb = 'updated' | 'published' | 'unpublished' | 'deleted'

/** Writes down what an editor does to somebody else's article; what people do to their own is theirs. */
export async function auditForOthers(
  ctx: AuthedCtx,
  tx: Tx,
  verb: Verb,
  { before, after }: { before: ArticleRow; after?: ArticleRow },
): Promise<void> {
  if (!actsForOthers(ctx.actor, before)) return
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
