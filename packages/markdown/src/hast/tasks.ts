import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

/** Gives the checkbox of a task list an accessible name. */
export function rehypeTasks() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName !== 'input') return
      properties.ariaLabel = properties.checked ? 'Completed task' : 'Incomplete task'
    })
  }
}
