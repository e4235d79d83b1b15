/** For callers that are built already: may stop working, keeps working, or is only to be known. */
export type Verdict = 'breaking' | 'compatible' | 'notice'

export type Change = {
  verdict: Verdict
  /** The procedure, or the reason of an error, that callers meet it in. */
  subject: string
  /** `articles.list`, `input of articles.list: limit`, or `output Byline.username` for all who use it. */
  where: string
  what: string
}

const order: Verdict[] = ['breaking', 'compatible', 'notice']

/** One line a change, the breaking ones first; a change of a named schema once, with who uses it. */
export function toLines(changes: Change[]): string[] {
  return order.flatMap((verdict) => {
    const mine = changes.filter((change) => change.verdict === verdict)
    const same = Map.groupBy(mine, ({ where, what }) => `${verdict.padEnd(12)}${where}: ${what}`)
    return [...same].map(([line, group]) => line + users(group))
  })
}

function users(group: Change[]) {
  const [first] = group
  if (!first || first.where.includes(first.subject)) return ''
  return ` (${[...new Set(group.map(({ subject }) => subject))].join(', ')})`
}

/** Whom a breaking change concerns, each once. */
export function brokenSubjects(changes: Change[]): string[] {
  const broken = changes.filter(({ verdict }) => verdict === 'breaking')
  return [...new Set(broken.map(({ subject }) => subject))].toSorted()
}
