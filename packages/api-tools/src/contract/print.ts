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
