import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import {
  check,
  installClient,
  packClient,
  runLive,
  temporaryFolder,
  writeReadme,
  writeWrong,
} from './client-package.ts'
import { signUp } from '../../people.ts'
import { createApiToken } from '../identity/tokens.ts'

const on = useApp()
let url = ''
let tarball = ''
let packed: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  url = await on.app.listen({ host: '127.0.0.1', port: 0 })
  packed = await temporaryFolder()
  tarball = await packClient(packed.path)
}, 120_000)
afterAll(() => packed[Symbol.asyncDispose]())

// Ends for Galley what tRPC's open issues 2143, 5004 and 6835 ask for: the router's types where there is no server.
describe.for(['npm', 'pnpm'] as const)('in an empty project, installed by %s', (manager) => {
  let project: Awaited<ReturnType<typeof temporaryFolder>>
  beforeAll(async () => {
    project = await temporaryFolder()
    await installClient(project.path, tarball, manager)
  }, 180_000)
  afterAll(() => project[Symbol.asyncDispose]())

  test('inputs, outputs and reasons are inferred, libraries checked as well', async () => {
    expect(await check(project.path, 'good.ts')).toEqual([])
  }, 60_000)

  test('what its README shows compiles', async () => {
    const files = await writeReadme(project.path)
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) expect(await check(project.path, file), file).toEqual([])
  }, 60_000)

  test('a wrong field, name, kind, reason or credential does not compile', async () => {
    const wrong: [string, string][] = [
      ["void galley.articles.create.mutate({ headline: 'A title' })", "'headline' does not exist"],
      ["void galley.articles.update.mutate({ id: 'x', title: 'B' })", "'version' is missing"],
      ["void galley.articles.remove.mutate({ id: 'x' })", "'remove' does not exist"],
      ['void galley.articles.list.mutate({})', "'mutate' does not exist"],
      [
        'void galley.articles.list.query({}).then(({ items }) => items[0]?.bodyHtml)',
        "'bodyHtml' does not exist",
      ],
      ["isGalleyError(null, 'article/stale')", 'not assignable'],
      ["createGalleyClient({ url: '', auth: { password: 'x' } })", 'not assignable'],
    ]
    await writeWrong(
      project.path,
      wrong.map(([statement]) => statement),
    )
    const errors = await check(project.path, 'wrong.ts')
    expect(errors).toEqual(
      wrong.map(([, message], at) => expect.stringMatching(`^wrong\\.ts\\(${at + 3},.*${message}`)),
    )
  }, 60_000)

  test('it calls a running server from Node', async () => {
    const person = await signUp(on)
    const { token } = await createApiToken(on, person, ['profile:read', 'media:write'])
    expect(await runLive(project.path, [url, person.email, person.password, token])).toEqual({
      title: 'Over the wire',
      titles: expect.arrayContaining(['Over the wire']),
      reader: person.email,
      resumed: person.email,
      refusal: ['article/stale-version', 409, expect.any(String)],
      picture: ['dot.png', 'A dot'],
      signIns: 1,
    })
  }, 60_000)

  test('no server code and no type of one is in it', async () => {
    const folder = join(project.path, 'node_modules/@galley/client')
    const files = await readdir(folder)
    expect(files).toEqual(
      expect.arrayContaining(['index.js', 'index.d.ts', 'README.md', 'LICENSE']),
    )
    const code = files.filter((file) => file.endsWith('.ts') || file.endsWith('.js'))
    const sources = await Promise.all(code.map((file) => readFile(join(folder, file), 'utf8')))
    const all = sources.join('\n')
    expect(all).not.toMatch(/drizzle|fastify|postgres|\bzod\b|@galley\/(?!client)/i)
    expect(all).not.toMatch(/AppDeps|\bCtx\b/)
    expect(importsOf(all).filter((name) => !/^(\.\/|@trpc\/)/.test(name))).toEqual([])
    expect(await importsOfTypes(folder, 'index.d.ts')).toEqual([])
  })
})

const importsOf = (source: string) =>
  Array.from(source.matchAll(/(?:from|import\() ?['"]([^'"]+)['"]/g), ([, name = '']) => name)

/** What a declaration file takes from other packages, by itself or by those beside it that it takes from. */
async function importsOfTypes(
  folder: string,
  file: string,
  seen = new Set<string>(),
): Promise<string[]> {
  if (seen.has(file)) return []
  seen.add(file)
  const imports = importsOf(await readFile(join(folder, file), 'utf8'))
  const beside = imports.filter((name) => name.startsWith('./'))
  const deeper = beside.map((name) => importsOfTypes(folder, name.replace(/\.js$/, '.d.ts'), seen))
  const foreign = imports.filter((name) => !name.startsWith('./'))
  return [...foreign, ...(await Promise.all(deeper)).flat()]
}
