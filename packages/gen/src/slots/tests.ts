import { headingOf, type Field } from '../fields/field.ts'
import { sampleHtml, samplesOf, wrongValuesOf } from '../fields/samples.ts'

/** What depends on the fields in the tests of the API, its documentation and its factories. */
export function testSlots(fields: Field[]) {
  const samples = fields.map((field) => ({ ...field, ...samplesOf(field, fields) }))
  const all = (which: 'first' | 'second' | 'shown') =>
    samples.map((field) => `${field.name}: ${field[which]},`).join('\n')
  const required = samples.filter(({ isOptional }) => !isOptional)
  const optional = samples.filter(({ isOptional }) => isOptional)
  const nulls = optional.flatMap(({ name, type }) => [
    `${name}: null,`,
    ...(type === 'markdown' ? [`${name}Html: null,`] : []),
  ])
  const html = fields.find(({ type }) => type === 'markdown')?.name ?? ''
  return {
    heading: headingOf(fields)?.name ?? '',
    'heading.max': String((headingOf(fields)?.max ?? 0) + 1),
    'tests.first': all('first'),
    'tests.second': all('second'),
    'tests.required': required.map(({ name, first }) => `${name}: ${first},`).join('\n'),
    'tests.taken-back': optional.map(({ name }) => `${name}: null,`).join('\n'),
    'tests.nulls': nulls.join('\n'),
    'tests.wrong': fields
      .map((field) => `['${field.name}', [${wrongValuesOf(field).join(', ')}]],`)
      .join('\n'),
    'tests.html-first': html && `${html}Html: ${sampleHtml.first},`,
    'tests.html-second': html && `${html}Html: ${sampleHtml.second},`,
    'tests.row': rowLines(required),
    'docs.view': samples
      .flatMap(({ name, type, shown }) => [
        `${name}: ${shown},`,
        ...(type === 'markdown' ? [`${name}Html: ${sampleHtml.first},`] : []),
      ])
      .join('\n'),
    'docs.body': fields.map(({ name }) => `${name}: exampleGizmo.${name},`).join('\n'),
  }
}

/** The columns that a row must have, as a factory fills them. */
const rowLines = (required: (Field & { first: string })[]) =>
  required
    .flatMap(({ name, type, first }) => {
      if (type === 'timestamp') return [`${name}: new Date(${first}),`]
      if (type === 'markdown') return [`${name}: ${first},`, `${name}Html: ${sampleHtml.first},`]
      return [`${name}: ${first},`]
    })
    .join('\n')
