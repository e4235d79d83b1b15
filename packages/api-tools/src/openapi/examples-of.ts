import type { Examples } from './document.ts'
import type { OperationExample } from '@galley/api/docs'

/** One part of each example, under the same key everywhere, so that readers can put the parts together. */
export function examplesOf(
  examples: OperationExample[],
  part: (example: OperationExample) => unknown,
): Examples {
  return Object.fromEntries(
    examples.flatMap((example) => {
      const value = part(example)
      const { summary } = example
      return value === undefined ? [] : [[keyOf(summary), { summary, value }]]
    }),
  )
}

const keyOf = (summary: string) =>
  summary
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
