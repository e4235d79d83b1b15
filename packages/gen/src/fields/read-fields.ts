import { keywords, snakeCaseOf } from '../names.ts'
import { fieldTypes, headingOf, type Field, type FieldType } from './field.ts'
import { reservedInSql, reservedNames, schemasOfAll } from './reserved.ts'

/** The most and the fewest characters of texts, and how many where a definition does not say. */
const lengths: Partial<Record<FieldType, { least: number; most: number; usual: number }>> = {
  line: { least: 20, most: 500, usual: 120 },
  text: { least: 100, most: 20_000, usual: 2000 },
  markdown: { least: 100, most: 100_000, usual: 20_000 },
}

const mostFields = 30
const mostValues = 50

/** The fields that definitions such as `dueAt:timestamp?` and `status:enum(open,done)` say; throws what is wrong with which. */
export function readFields(definitions: string[]): Field[] {
  if (definitions.length > mostFields) throw new Error(`At most ${mostFields} fields.`)
  const fields = definitions.map(readField)
  const columns = fields.flatMap(({ name, type }) =>
    type === 'markdown' ? [name, `${name}Html`] : [name],
  )
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Field "${twice}" is there twice.`)
  if (fields.filter(({ type }) => type === 'markdown').length > 1) {
    throw new Error('At most one field can be markdown: make the others text.')
  }
  if (!headingOf(fields)) {
    throw new Error('Lists and headings need a name: add a required line, such as title:line.')
  }
  return fields
}

function readField(definition: string): Field {
  const [, name, rest] = /^([^:]*):(.*)$/s.exec(definition) ?? []
  if (name === undefined || rest === undefined) {
    throw new Error(`"${definition}" is no field. Write name:type, such as dueAt:timestamp?`)
  }
  const wrong = (why: string) => new Error(`Field "${name}": ${why}`)
  const whyNot = whyNotName(name)
  if (whyNot) throw wrong(whyNot)
  const [, typeName, list, optional] = /^([^(?]*)(?:\(([^()]*)\))?(\?)?$/s.exec(rest) ?? []
  const type = fieldTypes.find((each) => each === typeName)
  if (!type) throw wrong(`"${rest}" is no type. Types are ${fieldTypes.join(', ')}.`)
  const isOptional = optional !== undefined
  if (type === 'enum') {
    if (schemasOfAll.has(name)) throw wrong('an enum cannot have this name: a schema has it.')
    return { name, type, isOptional, max: 0, values: readValues(list, wrong) }
  }
  return { name, type, isOptional, max: readLength(type, list, wrong), values: [] }
}

function whyNotName(name: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)*$/.test(name)) {
    return 'a name is in camelCase, such as title or dueAt.'
  }
  if (name.length > 30) return 'a name has at most 30 letters.'
  if (/gizmo/i.test(name)) return 'the generator uses this word itself.'
  if (reservedNames.has(name)) return 'this name is taken: every resource, form or object has it.'
  if (keywords.has(name)) return 'this is a word of the language TypeScript.'
  if (reservedInSql.has(snakeCaseOf(name))) return 'this is a reserved word of SQL.'
  return undefined
}

function readValues(list: string | undefined, wrong: (why: string) => Error): string[] {
  const values = (list ?? '').split(',').map((value) => value.trim())
  if (values.length < 2) throw wrong('an enum has at least two values: enum(open,done).')
  if (values.length > mostValues) throw wrong(`an enum has at most ${mostValues} values.`)
  const odd = values.find((value) => !/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/.test(value))
  if (odd !== undefined) {
    throw wrong(`"${odd}" is no value: use lower-case letters, digits and single hyphens.`)
  }
  const long = values.find((value) => value.length > 40)
  if (long !== undefined) throw wrong(`"${long}" is longer than 40 characters.`)
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) throw wrong(`the value "${twice}" is there twice.`)
  return values
}

function readLength(type: FieldType, given: string | undefined, wrong: (why: string) => Error) {
  const length = lengths[type]
  if (given === undefined) return length?.usual ?? 0
  if (!length) throw wrong(`${type} takes nothing in brackets.`)
  const max = /^\d{1,7}$/.test(given) ? Number(given) : NaN
  if (max >= length.least && max <= length.most) return max
  throw wrong(`the length of ${type} is a number from ${length.least} to ${length.most}.`)
}
