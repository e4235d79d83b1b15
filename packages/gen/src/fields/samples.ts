import { numberOf } from '../slots/contract.ts'
import { headingOf, type Field } from './field.ts'

/** Values of a field as TypeScript writes them: one, another, and the first in the documentation of the API. */
export type Samples = { first: string; second: string; shown: string }

export function samplesOf(field: Field, fields: Field[]): Samples {
  if (field === headingOf(fields)) {
    return { first: `'First'`, second: `'Second'`, shown: `'Orchards in winter'` }
  }
  const [first, second] = pairOf(field)
  return { first, second, shown: first }
}

function pairOf({ type, values }: Field): [string, string] {
  switch (type) {
    case 'line':
      return [`'A line'`, `'Another line'`]
    case 'text':
      return [`'A text.'`, `'Another\\ntext.'`]
    case 'markdown':
      return [`'Some *text*.'`, `'Other **text**.'`]
    case 'integer':
      return ['7', '-12']
    case 'boolean':
      return ['true', 'false']
    case 'timestamp':
      return [`'2026-04-01T09:30:00.000Z'`, `'2027-01-31T23:59:00.000Z'`]
    case 'date':
      return [`'2026-04-01'`, `'2028-02-29'`]
    case 'url':
      return [`'https://example.com/a?b=c'`, `'http://example.org/'`]
    case 'enum':
      return [`'${values[0]}'`, `'${values[1]}'`]
  }
}

/** What the renderer makes of the two samples of Markdown. */
export const sampleHtml = {
  first: `'<p>Some <em>text</em>.</p>'`,
  second: `'<p>Other <strong>text</strong>.</p>'`,
}

/** Values that the contract refuses, as TypeScript writes them. */
export function wrongValuesOf({ type, max, isOptional }: Field): string[] {
  const long = `'x'.repeat(${numberOf(max + 1)})`
  const byType: Record<Field['type'], string[]> = {
    line: [`''`, `' \\n '`, long, `'a\\0b'`, '7'],
    text: [`''`, `' \\n '`, long, `'a\\0b'`, '7'],
    markdown: [`''`, `' \\n '`, long, `'a\\0b'`, '7'],
    integer: [`'7'`, '1.5', '2_147_483_648'],
    boolean: [`'true'`, '1'],
    timestamp: [`''`, `'2026-04-01'`, `'0000-04-01T09:30:00.000Z'`, '7'],
    date: [`''`, `'2026-02-29'`, `'0000-04-01'`, '7'],
    url: [`''`, `'example.com'`, `'javascript:alert(1)'`, '7'],
    enum: [`''`, `'something-else'`, '7'],
  }
  return isOptional ? byType[type] : [...byType[type], 'null']
}
