import { readdir } from 'node:fs/promises'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** Every field of text that any schema of the contract takes, by the first place where it was found. */
const fields = await textFields()

async function textFields() {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
  const found = new Map<z.core.$ZodType, string>()
  for (const file of files) {
    const module = (await import(/* @vite-ignore */ `./${file}`)) as Record<string, unknown>
    for (const [name, schema] of Object.entries(module)) {
      if (schema instanceof z.core.$ZodType) collect(schema, `${file} ${name}`, found)
    }
  }
  return [...found].map(([schema, place]) => ({ schema, place }))
}

function collect(schema: z.core.$ZodType, place: string, found: Map<z.core.$ZodType, string>) {
  const { def } = schema._zod
  if (def.type === 'string' && !found.has(schema)) found.set(schema, place)
  for (const [name, part] of Object.entries(def)) {
    if (name === 'checks') continue
    for (const [inner, child] of childrenOf(part))
      collect(child, `${place}.${inner || name}`, found)
  }
}

function childrenOf(part: unknown): [string, z.core.$ZodType][] {
  if (part instanceof z.core.$ZodType) return [['', part]]
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, child]): [string, z.core.$ZodType][] =>
    child instanceof z.core.$ZodType ? [[name, child]] : [],
  )
}

const limitOf = (schema: z.core.$ZodType) => {
  const { maximum } = schema._zod.bag
  return typeof maximum === 'number' ? maximum : 100_000
}

// Marks that have to be put in order, what becomes longer in a normal form, what is refused, folded or has a meaning.
const pieces = [
  '\u0315\u0300 \u0315 \u0300 \u0344 \u0F81 \u{1D165} \u{1D15E} \u0958 \uFDFA \u1100\u1161\u11A8 \uAC00 İ ß',
  '❤\uFE0F 👍 1\uFE0F\u20E3 \u3164 \u200B \u202E \r\n \t \0 \uD800 \u001B - + # @ . a. a A0 " / : \\',
]
  .join(' ')
  .split(' ')
  .concat(' ')

const hostile = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))

/** Runs of marks in the two orders that have to be exchanged, as long as they may be and longer. */
const runs = fc
  .tuple(
    fc.constantFrom('\u0315', '\u0344', '\u0F81', '\u{1D16F}'),
    fc.integer({ min: 1, max: 40 }),
  )
  .map(([mark, count]) => `a${mark.repeat(count)}${'\u0300'.repeat(count)}`)

/** How often a field's limit is filled. */
const fillings = fc.constantFrom(1, 2, 20)

test('fields of text are found', () => {
  expect(fields.length).toBeGreaterThan(15)
  expect(fields.map(({ place }) => place).join('\n')).toMatch(/users.ts UpdateProfile.*bio/)
})

test.each(fields)('$place takes a time that is linear in the length', ({ schema }) => {
  const limit = limitOf(schema)
  fc.assert(
    fc.property(fc.oneof(hostile, runs), fillings, (unit, times) => {
      const value = unit.repeat(Math.ceil((limit * times) / unit.length)).slice(0, 1_000_000)
      expect(isFast(() => z.core.safeParse(schema, value), value.length)).toBe(true)
    }),
    { numRuns: 25, examples: worst },
  )
})

const worst: [string, number][] = [
  [`${'\u0315'.repeat(500_000)}${'\u0300'.repeat(500_000)}`, 20],
  [`a${'\u0315'.repeat(15)}${'\u0344'.repeat(15)}`, 1],
  [`a${' '.repeat(100_000)}`, 1],
]

/**
 * Whether `run` takes 10 ms for 100,000 characters at most, or where all is slow, no more than eight times what putting
 * as many marks in order takes, which are in runs as long as they may be.
 */
function isFast(run: () => void, length: number) {
  const share = Math.max(1, length / 100_000)
  const fastest = fastestMs(run, 10 * share)
  return (
    fastest <= 10 * share || fastest <= 8 * share * fastestMs(() => shortRuns.normalize('NFC'), 0)
  )
}

const shortRuns = `a${'\u0315'.repeat(15)}${'\u0300'.repeat(15)}`.repeat(3226)

/** The fastest of twenty runs, so that a busy machine is not taken for a slow field; ends with one that is `enough`. */
function fastestMs(run: () => void, enough: number) {
  let fastest = Infinity
  for (let tries = 0; tries < 20 && fastest > enough; tries += 1) {
    const start = performance.now()
    run()
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}

test.each(fields)('$place gives the same for what it gave', ({ schema }) => {
  fc.assert(
    fc.property(fc.oneof(hostile, runs, fc.string({ unit: 'binary' })), (value) => {
      const once = z.core.safeParse(schema, value)
      const again = once.success ? z.core.safeParse(schema, once.data) : once
      expect(again).toEqual(once)
    }),
    { numRuns: 200 },
  )
})
