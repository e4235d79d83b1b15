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

const WIDTH = 100

/** JSON for people to read and compare: what fits in a line stands in one. */
export const printJson = (value: unknown): string => `${print(value, '', 1)}\n`

function print(value: unknown, indent: string, taken: number): string {
  const line = inLine(value)
  if (indent !== '' && indent.length + taken + line.length <= WIDTH) return line
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => `${deeper}${print(item, deeper, 1)}`)
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`
  }
  if (typeof value !== 'object' || value === null) return line
  const members = entriesOf(value).map(([key, member]) => {
    const name = `${JSON.stringify(key)}: `
    return `${deeper}${name}${print(member, deeper, name.length + 1)}`
  })
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = entriesOf(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${inLine(member)}`,
  )
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined)
