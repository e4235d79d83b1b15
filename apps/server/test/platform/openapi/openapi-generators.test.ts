import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { generateSource } from 'oazapfts'
import { generate } from 'orval'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentOf } from '../../../src/routes/documents.ts'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { createApiToken } from '../identity/tokens.ts'

// openapi-typescript, which makes types only, is in openapi-types.test.ts.
const on = useApp()
const run = promisify(execFile)
const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
let folder = ''
let baseUrl = ''
let token = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-generators-'))
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
  await symlink(modules, join(folder, 'node_modules'), 'junction')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
  const document = await documentOf('https://galley.test')
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
  baseUrl = `${await on.app.listen({ port: 0, host: '127.0.0.1' })}/api/v1`
  const author = await signUp(on, { role: 'author' })
  token = (await createApiToken(on, author, ['articles:read', 'articles:write'])).token
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const tsconfig = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'preserve',
    allowImportingTsExtensions: true,
    types: ['node'],
  },
  include: ['*.ts'],
}

/** What a program does with any of the generated clients: write, publish and list, and go by the reason of a refusal. */
const program = (settings: string, options: string) => `
import * as galley from './client.ts'

const [, , baseUrl = '', token = ''] = process.argv
${settings}
const made = await galley.articlesCreate({ title: 'On signs', body: 'Text.', tags: ['C#', 'C++'] }${options})
if (made.status !== 201) throw new Error(made.data.reason)
const { id, version } = made.data
const out = await galley.articlesPublish(id, { version }${options})
if (out.status !== 200) throw new Error(out.data.reason)
const list = await galley.articlesList({ tag: 'c#', limit: 1 }${options})
if (list.status !== 200) throw new Error('not listed')
const tags: string[] | undefined = list.data.items[0]?.tags
const again = await galley.articlesPublish(id, { version: version + 1 }${options})
const reason = again.status === 409 ? again.data.reason : again.status
// @ts-expect-error no such field
list.data.nothing
console.log(JSON.stringify({ tags, reason }))
`

const generators: Record<string, () => Promise<string>> = {
  async oazapfts() {
    await writeFile(join(folder, 'client.ts'), await generateSource(join(folder, 'openapi.json')))
    const settings =
      'Object.assign(galley.defaults, { baseUrl, headers: { authorization: `Bearer ${token}` } })'
    return program(settings, '')
  },
  async orval() {
    await generate(
      {
        input: { target: join(folder, 'openapi.json') },
        output: { target: join(folder, 'client.ts'), client: 'fetch', mode: 'single', baseUrl },
      },
      folder,
    )
    const settings = 'const options = { headers: { authorization: `Bearer ${token}` } }'
    return program(settings, ', options')
  },
}

test.each(Object.keys(generators))(
  'a client made by %s compiles strictly, and calls',
  async (name) => {
    await writeFile(join(folder, 'program.ts'), (await generators[name]?.()) ?? '')
    const compiled = await run(process.execPath, [
      join(compiler, 'bin', 'tsc'),
      '-p',
      folder,
    ]).catch(({ stdout }: { stdout: string }) => ({ stdout }))
    expect(compiled.stdout).toBe('')
    const { stdout } = await run(process.execPath, [join(folder, 'program.ts'), baseUrl, token])
    expect(JSON.parse(stdout)).toEqual({
      tags: ['c#', 'c++'],
      reason: 'article/already-published',
    })
  },
  60_000,
)
