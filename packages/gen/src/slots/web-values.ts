import { wordsOf, type Field } from '../fields/field.ts'

/** What depends on the fields in the values of the form. */
export const webValueSlots = (fields: Field[]) => ({
  'web.fields': fields
    .map((field) => `${field.name}: ${isBox(field) ? 'boolean' : 'string'}`)
    .join('\n'),
  'web.to-fields': fields.map((field) => `${field.name}: ${fieldValue(field)},`).join('\n'),
  'web.to-input': fields.map((field) => `${field.name}: ${inputValue(field)},`).join('\n'),
  'web.words': fields
    .filter(({ type }) => type === 'enum')
    .map(wordLines)
    .join('\n'),
})

/** Yes or no; one that may be neither is a list of three. */
export const isBox = ({ type, isOptional }: Field) => type === 'boolean' && !isOptional

/** What the values of an enum are called: `statusWords`. */
export const wordsNameOf = ({ name }: Field) => `${name}Words`

function wordLines(field: Field): string {
  const entries = field.values.map((value) => `'${value}': '${wordsOf(value)}',`)
  const type = field.isOptional
    ? `NonNullable<GizmoView['${field.name}']>`
    : `GizmoView['${field.name}']`
  return `export const ${wordsNameOf(field)}: Record<${type}, string> = {\n${entries.join('\n')}\n}\n`
}

function fieldValue({ name, type, isOptional, values }: Field): string {
  if (type === 'timestamp') return `localTimeOf(gizmo?.${name})`
  if (type === 'integer') return `gizmo?.${name}?.toString() ?? ''`
  if (type === 'boolean') {
    return isOptional ? `gizmo?.${name}?.toString() ?? ''` : `gizmo?.${name} ?? false`
  }
  const empty = type === 'enum' && !isOptional ? values[0] : ''
  return `gizmo?.${name} ?? '${empty}'`
}

function inputValue({ name, type, isOptional }: Field): string {
  const value = `fields.${name}`
  if (type === 'timestamp') return `timestampIn(${value})`
  if (type === 'integer') return `integerIn(${value})`
  if (type === 'boolean' && isOptional) return `${value} === '' ? null : ${value} === 'true'`
  return isOptional ? `emptyToNull(${value})` : value
}

/** How a test fills the form with the first sample. */
export function fillLine(field: Field, label: string): string {
  const { name, type } = field
  const at = `field('${label}')`
  if (isBox(field)) return `await user.click(${at})`
  if (type === 'enum') return `await user.selectOptions(${at}, first.${name})`
  if (type === 'boolean' || type === 'integer') {
    const act = type === 'boolean' ? 'selectOptions' : 'type'
    return `await user.${act}(${at}, String(first.${name}))`
  }
  const value = type === 'timestamp' ? `localTimeOf(first.${name})` : `first.${name}`
  return `await user.type(${at}, ${value})`
}

/** How a browser test fills the form with it. */
export function browserLine(field: Field, label: string, sample: string): string {
  const { type, isOptional } = field
  const at = `page.getByLabel('${label}', { exact: true })`
  if (isBox(field)) return `await ${at}.check()`
  if (type === 'enum') return `await ${at}.selectOption(${sample})`
  if (type === 'boolean' && isOptional) return `await ${at}.selectOption('${sample}')`
  if (type === 'integer') return `await ${at}.fill('${sample}')`
  return `await ${at}.fill(${type === 'timestamp' ? `'2026-04-01T09:30'` : sample})`
}

/** The longest text that a field takes, for a test of how pages break it. */
export function longLine({ name, type, max }: Field, sample: string): string {
  if (type === 'line') return `${name}: word(${Math.min(max, 300)}),`
  if (type === 'text' || type === 'markdown') return `${name}: word(${Math.min(max, 300)}),`
  if (type === 'url') return `${name}: \`https://example.com/\${word(300)}\`,`
  return `${name}: ${sample},`
}
