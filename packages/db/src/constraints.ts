import type { ErrorReason } from '@galley/contract/errors'
import { platformConstraints, platformReferences } from './schema/platform/constraints.ts'
import { publishingConstraints, publishingReferences } from './schema/publishing/constraints.ts'

/**
 * What it means to the caller that the database refused a row, where no service caught it: mostly that something went away, or
 * came, between the look and the write. Undefined for a constraint that nobody has thought of, which a test does not let through.
 */
export function reasonOfConstraint(name: string): ErrorReason | undefined {
  const named = reasonByConstraint[name]
  if (named) return named
  const [, referenced] = /_([a-z_]+)_id_fk$/.exec(name) ?? []
  if (referenced !== undefined) return reasonByReferenced(referenced)
  // Ids are made here, not given; and what a check forbids, the contract refuses or the code would not write.
  return /_(pkey|pk|check)$/.test(name) ? 'server/internal' : undefined
}

const reasonByConstraint = { ...platformConstraints, ...publishingConstraints }

/** The table that a foreign key leads to is the end of its name: `comments_article_id_articles_id_fk`. */
function reasonByReferenced(columnsAndTable: string): ErrorReason | undefined {
  const [, reason] =
    Object.entries(reasonByTable).find(([table]) => columnsAndTable.endsWith(`_${table}`)) ?? []
  return reason
}

const reasonByTable = { ...platformReferences, ...publishingReferences }
