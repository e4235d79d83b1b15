import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateResource } from '../src/generate-resource.ts'
import { root } from '../src/root.ts'
import { run } from '../src/run.ts'
import { copyCheckout } from '../src/scratch/copy.ts'

const silent = () => {}
const generate = (path: string, plural: string, singular?: string, fields?: string[]) =>
  generateResource(path, { plural, singular, ...(fields && { fields }) }, silent)

let copy: Awaited<ReturnType<typeof copyCheckout>>

beforeAll(async () => {
  copy = await copyCheckout(root)
  await run(copy.path, 'node', ['packages/api-tools/src/contract/main.ts', '--write'])
})
afterAll(() => copy[Symbol.asyncDispose]())

// What the whole run makes is checked and tested by `src/scratch/main.ts`, which CI runs.

test.each([
  ['users', 'user', 'is taken'],
  ['routes', 'route', 'reasons of that name'],
  ['pages', 'page', '"page" is taken'],
  ['outboxes', 'outbox', '"outbox" is taken'],
  ['security-events', 'security-event', 'platform/audit.ts exports'],
  ['limits', 'limit', 'is taken'],
])('%s is refused before anything is written', async (plural, singular, why) => {
  await expect(generate(copy.path, plural, singular)).rejects.toThrow(why)
})

test('names that PostgreSQL would cut are refused', async () => {
  const long = `${'a'.repeat(21)}-${'b'.repeat(21)}s`
  await expect(generate(copy.path, long)).rejects.toThrow('is too long')
  const fields = ['title:line', `${'c'.repeat(30)}:integer`]
  await expect(generate(copy.path, `${'a'.repeat(29)}s`, undefined, fields)).rejects.toThrow(
    `Field "${'c'.repeat(30)}"`,
  )
})

test('a wrong field is refused before anything is written', async () => {
  const before = await contents(copy.path)
  const attempt = generate(copy.path, 'essays', undefined, ['title:line', 'id:integer'])
  await expect(attempt).rejects.toThrow('Field "id"')
  expect(await contents(copy.path)).toEqual(before)
})

/** Every file below, but for what is installed. */
async function contents(path: string) {
  const found: Record<string, string> = {}
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (entry.name === 'node_modules' || entry.isSymbolicLink()) continue
    if (entry.isDirectory()) Object.assign(found, await contents(at), { [at]: 'a folder' })
    else found[at] = await readFile(at, 'base64')
  }
  return found
}

test('a change of other tables without a migration stops it, and all is as it was', async () => {
  const users = join(copy.path, 'packages/db/src/schema/platform/users.ts')
  const text = await readFile(users, 'utf8')
  await writeFile(users, text.replace("bio: text('bio')", "motto: text('motto'),\n    $&"))
  const before = await contents(copy.path)
  await expect(generate(copy.path, 'essays')).rejects.toThrow('Make theirs first')
  expect(await contents(copy.path)).toEqual(before)
  await writeFile(users, text)
})

test('a place that is gone is named, and nothing is written', async () => {
  const schema = join(copy.path, 'packages/db/src/schema/index.ts')
  const text = await readFile(schema, 'utf8')
  await writeFile(schema, text.replaceAll(/^export \{/gm, 'export  {'))
  const before = await contents(copy.path)
  await expect(generate(copy.path, 'essays')).rejects.toThrow('packages/db/src/schema/index.ts')
  expect(await contents(copy.path)).toEqual(before)
  await writeFile(schema, text)
})

test('a contract that is older than the code stops it before it begins', async () => {
  const tokens = join(copy.path, 'packages/contract/src/platform/scopes.ts')
  const text = await readFile(tokens, 'utf8')
  await writeFile(tokens, text.replace("'jobs:read':", "'jobs:write': 'Change jobs',\n  $&"))
  const before = await contents(copy.path)
  await expect(generate(copy.path, 'essays')).rejects.toThrow('pnpm contract --write')
  expect(await contents(copy.path)).toEqual(before)
  await writeFile(tokens, text)
})
