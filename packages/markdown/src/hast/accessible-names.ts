import type { Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'

/** Puts each table into a named region that scrolls by keyboard. Names differ, as landmarks must. */
export function rehypeTables() {
  return (tree: Root): void => {
    let count = 0
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'table' || !parent || index === undefined) return
      count += 1
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['table-scroll'],
          tabIndex: 0,
          role: 'region',
          ariaLabel: count === 1 ? 'Table' : `Table ${count}`,
        },
        children: [node],
      }
      return SKIP
    })
  }
}

/** Gives the checkbox of a task list an accessible name. */
export function rehypeTasks() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName !== 'input') return
      properties.ariaLabel = properties.checked ? 'Completed task' : 'Incomplete task'
    })
  }
}
