import { Notice } from '@galley/ui/notice'
import { fieldsOf, messageOf } from '../../../lib/errors.ts'

/** Why the server refused the filters of a list, above the list rather than a page of its own. */
export function FilterProblem({ error }: { error: unknown }) {
  if (!error) return null
  const [wrong] = fieldsOf(error)
  return (
    <Notice tone="bad" title={messageOf(error)}>
      {wrong && (
        <p>
          {wrong.path}: {wrong.message}
        </p>
      )}
    </Notice>
  )
}
