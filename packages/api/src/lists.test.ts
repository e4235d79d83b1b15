// One grammar for all lists: what narrows them, puts them in order and leafs through them has the same names, values and refusals.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listProcedures } from './procedures.ts'
import { appRouter } from './root.ts'

const procedures = listProcedures(appRouter)
const pages = procedures.filter(({ output }) => isPage(output))
const id = '01900000-0000-7000-8000-000000000001'

/** What a list is of, where it must be said. */
const subjects: Record<string, string> = { articleId: id, id, username: 'someone', q: 'tree' }

const person = { takes: ['ada-l'], refuses: '-' }
const day = { takes: ['2026-03-14'], refuses: '14 March' }
const text = { takes: ['tree'], refuses: '\0' }
const choice = 'a choice'

/**
 * The filters that there are, with what each takes in every list. One that is new must be one that other lists could have under this
 * name, not another word for one of these.
 */
const filters: Record<string, { takes: string[]; refuses: string } | typeof choice> = {
  action: text,
  actor: person,
  around: { takes: [id], refuses: 'tree' }, // publishing
  author: person, // publishing
  from: day,
  job: text,
  kind: choice,
  language: { takes: ['pt', 'pt-BR'], refuses: 'english' }, // publishing
  of: choice, // publishing
  owner: person,
  person,
  query: text,
  queue: text,
  role: choice,
  state: choice,
  status: choice,
  subject: person,
  tag: { takes: ['web-performance', 'Web Performance'], refuses: '-' }, // publishing
  targetId: text,
  targetType: text,
  to: day,
  unread: choice,
  used: choice,
}

test('several procedures return a page', () => {
  expect(pages.length).toBeGreaterThan(7)
})

test.each(pages)('$path takes a place to start from and counts all on request', (list) => {
  expect(Object.keys(shapeOf(list.input))).toEqual(
    expect.arrayContaining(['limit', 'cursor', 'offset', 'total']),
  )
  expect(problemsOf(list, { cursor: 'a', offset: 1 })).toEqual({
    offset: 'Give either offset or cursor.',
  })
  for (const wrong of [{ limit: 0 }, { limit: 101 }, { offset: -1 }, { total: 'all' }])
    expect(Object.keys(problemsOf(list, wrong))).toEqual(Object.keys(wrong))
  expect(Object.keys(shapeOf(shapeOf(list.output)['page']))).toEqual([
    'nextCursor',
    'total',
    'totalExceeded',
  ])
})

test.each(pages)(
  '$path takes its order by name, and refuses another with the names that there are',
  (list) => {
    const names = z
      .array(z.string())
      .min(2)
      .parse(optionsOf(shapeOf(list.input)['sort']))
    const wrong = problemsOf(list, { sort: 'colour' })['sort']
    expect(wrong).toContain(names.map((name) => `"${name}"`).join('|'))
    for (const name of names) expect(name).toMatch(/^-?[a-z]+$/)
  },
)

test.each(pages)('$path is narrowed as other lists are', (list) => {
  const others = ['limit', 'cursor', 'offset', 'total', 'sort', ...Object.keys(subjects)]
  for (const [name, schema] of Object.entries(shapeOf(list.input))) {
    if (others.includes(name)) continue
    expect(Object.keys(filters), 'a filter of no other list').toContain(name)
    expect(problemsOf(list, {}), 'no filter is needed').toEqual({})
    const known = filters[name] ?? choice
    const options = known === choice ? optionsOf(schema) : known.takes
    expect(options?.length).toBeGreaterThan(0)
    for (const value of options ?? []) expect(problemsOf(list, { [name]: value })).toEqual({})
    const wrong = known === choice ? 'colour' : known.refuses
    expect(Object.keys(problemsOf(list, { [name]: wrong }))).toEqual([name])
  }
  expect(problemsOf(list, { colour: 'red' })).toEqual({ '': 'Unrecognized key: "colour"' })
})

const periods = pages.filter(({ input }) => 'from' in shapeOf(input))

test.each(periods)('$path goes from a day to the same one or a later one', (list) => {
  expect(problemsOf(list, { from: '2026-03-14', to: '2026-03-14' })).toEqual({})
  expect(problemsOf(list, { from: '2026-03-14', to: '2026-03-13' })).toEqual({
    to: 'Must not be before "from".',
  })
})

test('what comes as a whole cannot be long', () => {
  const whole = procedures.filter(
    ({ type, output }) => type === 'query' && 'items' in shapeOf(output) && !isPage(output),
  )
  expect(whole.map(({ path }) => path).toSorted()).toEqual([
    'coAuthors.list', // publishing
    'identities.list',
    'identities.providers',
    'jobs.queues',
    'notifications.preferences',
    'passkeys.list',
    'previewLinks.list', // publishing
    'sessions.list',
    'tokens.list',
    'tokens.listPrograms',
  ])
})

/** A field may be called `page` too. */
function isPage(output: unknown): boolean {
  return 'nextCursor' in shapeOf(shapeOf(output)['page'])
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema
  return inner instanceof z.ZodObject ? inner.shape : {}
}

/** What a filter chooses from; undefined for one that does not. */
function optionsOf(schema: unknown): readonly unknown[] | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  if (inner instanceof z.ZodBoolean) return [true, false]
  return inner instanceof z.ZodEnum ? inner.options : undefined
}

type List = { input: z.ZodType }

/** By the name of the field. */
function problemsOf({ input }: List, given: Record<string, unknown>): Record<string, string> {
  const needed = Object.entries(subjects).filter(([name]) => {
    const schema = shapeOf(input)[name]
    return schema !== undefined && !(schema instanceof z.ZodOptional)
  })
  const { error } = input.safeParse({ ...Object.fromEntries(needed), ...given })
  return Object.fromEntries(
    error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [],
  )
}
