import { columnOf, markdownOf, type Field } from '../fields/field.ts'
import { valuesIn } from './contract.ts'

/** What depends on the fields in the table. */
export const databaseSlots = (fields: Field[]) => ({
  'db.columns': [...fields.flatMap(columnLines), ...versionLines(fields)].join('\n'),
  'db.checks': fields
    .flatMap((field) => {
      const condition = conditionOf(field)
      const name = `gizmos_${columnOf(field)}_check`
      return condition ? [`check('${name}', sql\`${condition}\`),`] : []
    })
    .join('\n'),
})

function columnLines(field: Field): string[] {
  const { name, type, isOptional } = field
  const required = isOptional ? '' : '.notNull()'
  const lines = [`${name}: ${typeOf(field)}${required},`]
  if (type !== 'markdown') return lines
  return [...lines, `${name}Html: text('${columnOf(field)}_html')${required},`]
}

const versionLines = (fields: Field[]) =>
  markdownOf(fields)
    ? [
        '/** The renderer that made the HTML; that of an older one is made again when it is read. */',
        `renderVersion: integer('render_version').notNull(),`,
      ]
    : []

function typeOf(field: Field): string {
  const column = columnOf(field)
  switch (field.type) {
    case 'line':
    case 'text':
    case 'markdown':
    case 'url':
      return `text('${column}')`
    case 'integer':
      return `integer('${column}')`
    case 'boolean':
      return `boolean('${column}')`
    case 'timestamp':
      return `timestamptz('${column}')`
    case 'date':
      return `date('${column}')`
    case 'enum':
      return `text('${column}', { enum: [${valuesIn(field)}] })`
  }
}

/** What the table refuses from any writer; undefined where the type of the column says enough. */
function conditionOf(field: Field): string | undefined {
  const column = `\${t.${field.name}}`
  switch (field.type) {
    case 'line':
    case 'text':
    case 'markdown':
      return `length(${column}) between 1 and ${field.max}`
    case 'url':
      return `length(${column}) <= 2000 and ${column} ~* '^https?://'`
    case 'enum':
      return `${column} in (${valuesIn(field)})`
    default:
      return undefined
  }
}
