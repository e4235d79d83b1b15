import { markdownOf, type Field } from '../fields/field.ts'

/** What depends on the fields in the verbs and the view. */
export function domainSlots(fields: Field[]) {
  const markdown = markdownOf(fields)
  const name = markdown?.name ?? ''
  const dates = fields
    .filter(({ type }) => type === 'timestamp')
    .map((field) => `${field.name}: dateOf(input.${field.name}),`)
  return {
    'domain.name': name,
    'domain.type': markdown?.isOptional ? 'string | null' : 'string',
    'domain.values': ['...input,', ...(markdown ? ['...rendered,'] : []), ...dates].join('\n'),
    'domain.view': fields.flatMap(viewLines).join('\n'),
  }
}

function viewLines({ name, type, isOptional }: Field): string[] {
  if (type === 'markdown') return [`${name}: row.${name},`, `${name}Html: row.${name}Html,`]
  if (type !== 'timestamp') return [`${name}: row.${name},`]
  return isOptional
    ? [`${name}: row.${name}?.toISOString() ?? null,`]
    : [`${name}: row.${name}.toISOString(),`]
}
