import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** What a query uses of a metric: labels that it selects or groups by, and the values that it selects. */
export type Use = { metric: string; label?: string; value?: string }

/** Every metric and label that a PromQL query uses. Throws where it does not parse. */
export function usesOf(query: string): Use[] {
  const uses: Use[] = []
  const text = ({ from, to }: SyntaxNode) => query.slice(from, to)
  parser.parse(query).iterate({
    enter({ node, type }) {
      if (type.isError) throw new Error(`At ${node.from} of ${query}`)
      if (node.name === 'VectorSelector') uses.push(...selected(node))
      if (node.name === 'AggregateExpr') uses.push(...grouped(node))
    },
  })
  return uses

  function selected(selector: SyntaxNode): Use[] {
    const metric = metricOf(selector)
    const matchers = all(selector, 'UnquotedLabelMatcher').flatMap((matcher) => {
      const label = textOf(matcher, 'LabelName')
      const value = textOf(matcher, 'StringLiteral').slice(1, -1)
      const values = valuesOf(textOf(matcher, 'MatchOp'), value)
      return values.length === 0
        ? [{ metric, label }]
        : values.map((one) => ({ metric, label, value: one }))
    })
    return [{ metric }, ...matchers]
  }

  function grouped(aggregate: SyntaxNode): Use[] {
    const modifier = aggregate.getChild('AggregateModifier')
    const labels = modifier ? all(modifier, 'LabelName').map(text) : []
    const made = all(aggregate, 'LabelReplace').map((name) => {
      const call = name.parent?.parent?.getChild('FunctionCallBody')
      return call ? textOf(call, 'StringLiteral').slice(1, -1) : ''
    })
    return all(aggregate, 'VectorSelector').flatMap((selector) =>
      labels
        .filter((label) => !made.includes(label))
        .map((label) => ({ metric: metricOf(selector), label })),
    )
  }

  function metricOf(selector: SyntaxNode) {
    return textOf(selector, 'Identifier')
  }

  function textOf(node: SyntaxNode, name: string) {
    const child = node.getChild(name)
    if (!child) throw new Error(`No ${name} in ${text(node)}`)
    return text(child)
  }
}

/** What a matcher names: one value, or each of `a|b`. Nothing of another expression, nor of what it leaves out. */
function valuesOf(operator: string, value: string): string[] {
  if (value === '') return []
  if (operator === '=') return [value]
  return operator === '=~' && /^[\w|-]+$/.test(value) ? value.split('|') : []
}

/** Every node of this name below `node`. */
function all(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === name) found.push(child)
    found.push(...all(child, name))
  }
  return found
}
