import { capital, snakeCaseOf } from '../names.ts'

export const fieldTypes = [
  'line',
  'text',
  'markdown',
  'integer',
  'boolean',
  'timestamp',
  'date',
  'url',
  'enum',
] as const

export type FieldType = (typeof fieldTypes)[number]

/** What a resource holds under one name. */
export type Field = {
  name: string
  type: FieldType
  /** Null where it is left out. */
  isOptional: boolean
  /** The longest text, in characters; 0 where the type has none. */
  max: number
  /** What an enum may be. */
  values: string[]
}

/** `due_at`, as a column. */
export const columnOf = ({ name }: Field) => snakeCaseOf(name)

/** `Due at`, in a form. */
export const labelOf = ({ name }: Field) => capital(snakeCaseOf(name).replaceAll('_', ' '))

/** `In progress`, for a value of an enum. */
export const wordsOf = (value: string) => capital(value.replaceAll(/[-_]/g, ' '))

/** The schema of an enum's values: `GizmoStatus`. */
export const schemaOf = ({ name }: Field) => `Gizmo${capital(name)}`

export const markdownOf = (fields: Field[]) => fields.find(({ type }) => type === 'markdown')

/** The first required line: it names a resource in lists and headings. */
export const headingOf = (fields: Field[]) =>
  fields.find(({ type, isOptional }) => type === 'line' && !isOptional)
