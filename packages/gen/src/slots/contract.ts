import { schemaOf, type Field } from '../fields/field.ts'

/** What depends on the fields in the contract. */
export const contractSlots = (fields: Field[]) => ({
  'contract.enums': fields
    .filter(({ type }) => type === 'enum')
    .map((field) => `export const ${schemaOf(field)} = z.enum([${valuesIn(field)}])\n`)
    .join(''),
  'contract.input': fields
    .map((field) => `${field.name}: ${inputOf(field)}${field.isOptional ? '.nullish()' : ''},`)
    .join('\n'),
  'contract.view': fields.flatMap(viewLines).join('\n'),
})

/** As a source writes it: `20_000`. */
export const numberOf = (value: number) =>
  value.toLocaleString('en').replaceAll(',', value < 10_000 ? '' : '_')

export const valuesIn = ({ values }: Field) => values.map((value) => `'${value}'`).join(', ')

function inputOf(field: Field): string {
  const { type, max } = field
  switch (type) {
    case 'line':
      return `line(${max}).min(1, 'Must not be empty.')`
    case 'text':
    case 'markdown':
      return `multiline(${numberOf(max)}).refine(hasVisibleText, 'Must not be empty.')`
    case 'integer':
      return 'integer()'
    case 'boolean':
      return 'z.boolean()'
    case 'timestamp':
      return 'givenTimestamp()'
    case 'date':
      return 'calendarDate()'
    case 'url':
      return 'httpUrl()'
    case 'enum':
      return schemaOf(field)
  }
}

function viewLines(field: Field): string[] {
  const nullable = field.isOptional ? '.nullable()' : ''
  const lines = [`${field.name}: ${outputOf(field)}${nullable},`]
  if (field.type !== 'markdown') return lines
  return [...lines, `/** Sanitised HTML. */\n${field.name}Html: z.string()${nullable},`]
}

function outputOf(field: Field): string {
  switch (field.type) {
    case 'line':
    case 'text':
    case 'markdown':
    case 'url':
      return 'z.string()'
    case 'integer':
      return 'z.int()'
    case 'boolean':
      return 'z.boolean()'
    case 'timestamp':
      return 'Timestamp'
    case 'date':
      return 'z.iso.date()'
    case 'enum':
      return schemaOf(field)
  }
}
