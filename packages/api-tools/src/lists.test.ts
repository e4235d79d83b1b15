import { readFile } from 'node:fs/promises'
import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** `limit` and where a page begins; not what narrows a list. */
const places = ['limit', 'cursor', 'offset', 'total', 'around']

const docs = await readFile(new URL('../../../docs/rest-api.md', import.meta.url), 'utf8')

test('docs/rest-api.md has the orders and filters of every list', () => {
  const lists = listProcedures(appRouter).filter(({ output }) => isPage(output))
  const expected = lists.map(({ path, meta, input }) => {
    const { sort, ...fields } = propertiesOf(input)
    const required = z.toJSONSchema(input, { io: 'input' }).required ?? []
    const filters = Object.keys(fields).filter((name) => ![...places, ...required].includes(name))
    const names = [z.array(z.string()).parse(Object(sort).enum), filters]
    const words = names.filter((each) => each.length > 0).map((each) => each.map(code).join(', '))
    return [meta.rest?.path ?? path, words.join('; ')]
  })
  const lines = docs.matchAll(/^- ((?:`[\w/.{}-]+`(?:, )?)+): ((?:`-?\w+`[,;]? ?)+)$/gm)
  const found = [...lines].flatMap(([, of = '', words]) =>
    [...of.matchAll(/`([^`]+)`/g)].map(([, name]) => [name, words]),
  )
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
})

const code = (name: string) => `\`${name}\``

/** A field may be called `page` too. */
const isPage = (output: z.ZodType) =>
  'nextCursor' in Object(Object(propertiesOf(output)['page']).properties)

const propertiesOf = (schema: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {}
