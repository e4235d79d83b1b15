import type { OperationDocs } from '@galley/api/docs'
import type { RestOperation } from '../rest.ts'

/** What an operation says of itself in `meta.docs`. */
export function docsOf({ name, meta: { docs } }: RestOperation): OperationDocs {
  if (!docs) throw new Error(`${name} has a REST address and no meta.docs`)
  return docs
}

/** An operation has the tag of its slice: `articles` of `articles.publish`. */
export const tagOf = ({ name }: RestOperation) => name.split('.', 1)[0] ?? name

/** The tags, in the order of their first operations. */
export function tagsOf(operations: RestOperation[]) {
  const descriptions = new Map<string, string>()
  for (const operation of operations) {
    const tag = tagOf(operation)
    const { about } = docsOf(operation)
    if ((descriptions.get(tag) ?? about) !== about) {
      throw new Error(`${operation.name} describes its slice in other words than its neighbours`)
    }
    descriptions.set(tag, about)
  }
  return [...descriptions].map(([name, description]) => ({ name, description }))
}
