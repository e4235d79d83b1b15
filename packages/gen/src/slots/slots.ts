import { markdownOf, type Field } from '../fields/field.ts'
import { contractSlots } from './contract.ts'
import { databaseSlots } from './database.ts'
import { domainSlots } from './domain.ts'
import { testSlots } from './tests.ts'
import { webPageSlots } from './web-pages.ts'
import { webValueSlots } from './web-values.ts'

/**
 * A template with what depends on the fields: `<<name>>` stands for a text of one of the layers, and lines from
 * `//: if <condition>` to `//: end` for themselves where that holds.
 */
export function fillTemplate(text: string, fields: Field[]): string {
  const slots = slotsOf(fields)
  return chosenLines(text, conditionsOf(fields)).replaceAll(/<<([\w.-]+)>>/g, (_, name: string) => {
    const filled = slots.get(name)
    if (filled === undefined) throw new Error(`No layer fills <<${name}>>.`)
    return filled
  })
}

const slotsOf = (fields: Field[]) =>
  new Map(
    Object.entries({
      ...contractSlots(fields),
      ...databaseSlots(fields),
      ...domainSlots(fields),
      ...testSlots(fields),
      ...webValueSlots(fields),
      ...webPageSlots(fields),
    }),
  )

function conditionsOf(fields: Field[]): Record<string, boolean> {
  const markdown = markdownOf(fields)
  return {
    plain: !markdown,
    markdown: markdown !== undefined,
    'markdown-required': markdown?.isOptional === false,
    'markdown-optional': markdown?.isOptional === true,
    optional: fields.some(({ isOptional }) => isOptional),
    texts: fields.some(({ type }) => ['text', 'markdown', 'url'].includes(type)),
    facts: fields.length > 1,
    enums: fields.some(({ type }) => type === 'enum'),
    box: fields.some(({ type, isOptional }) => type === 'boolean' && !isOptional),
  }
}

function chosenLines(text: string, conditions: Record<string, boolean>): string {
  const open: boolean[] = []
  const lines = text.split('\n').filter((line) => {
    const [, mark, name = ''] = /^\s*\/\/: (if|end) ?([\w-]*)$/.exec(line) ?? []
    if (!mark) return open.every(Boolean)
    const holds = conditions[name]
    if (mark === 'end') open.pop()
    else if (holds === undefined) throw new Error(`No condition "${name}".`)
    else open.push(holds)
    return false
  })
  return lines.join('\n')
}
