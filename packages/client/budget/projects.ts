import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcedureMeta } from '@galley/api/trpc'
import { Id, PageInput, Timestamp, page } from '@galley/contract/primitives'
import { Byline } from '@galley/contract/platform/users'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { routerFile } from '../generate/router-file.ts'
import type { Project } from './measure.ts'

const folder = join(import.meta.dirname, '..')
const dist = join(folder, 'dist')

/** A program that uses the package as it is published. */
export function clientProject(): Project {
  execFileSync(process.execPath, [join(folder, 'build.ts')])
  const names = readdirSync(dist).filter((name) => name.endsWith('.d.ts'))
  const program = readFileSync(join(import.meta.dirname, 'program.ts'), 'utf8')
  return {
    program: program.replace("'@galley/client'", "'./index.js'"),
    declarations: Object.fromEntries(
      names.map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
    ),
  }
}

const SLICES = 30

/** Thirty slices of ten calls each, with inputs and outputs as large as those of an article; each slice is called. */
export async function largeProject(): Promise<Project> {
  const slices = Array.from({ length: SLICES }, (_, at) => `slice${at}`)
  const record = Object.fromEntries(slices.map((name) => [name, slice(name)]))
  const uses = slices.map(
    (name) => `
  const ${name}Page = await api.${name}.read0.query({ limit: 5, of: '${name}' })
  const ${name}: Outputs['${name}']['change0'] = await api.${name}.change0.mutate({ ${name}: 1 })
  seen.push(${name}Page.items[0]?.title, ${name}.status, ${name}.${name})`,
  )
  return {
    program: `import type { Api, Outputs } from './api.gen.ts'
declare const api: Api
export async function use() {
  const seen: unknown[] = []
  ${uses.join('\n')}
  return seen
}
`,
    declarations: {
      'api.gen.ts': await routerFile(t.router(record)),
      'calls.ts': source('calls.ts'),
      'failure.ts': source('failure.ts'),
    },
  }
}

const source = (name: string) => readFileSync(join(folder, 'src', name), 'utf8')

const t = initTRPC.meta<ProcedureMeta>().create()
const procedure = t.procedure.meta({ access: 'public', scope: null, cost: 1, queries: 1 })

function typesOnly(): never {
  throw new Error('Only the types are of interest.')
}

const Status = z.enum(['draft', 'published'])
const Summary = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  coverUrl: z.string().nullable(),
  language: z.string().nullable(),
  author: Byline,
  tags: z.array(z.string()),
  publishedAt: Timestamp.nullable(),
  words: z.int(),
  favouriteCount: z.int(),
  commentCount: z.int(),
  favourited: z.boolean(),
})
const View = Summary.extend({
  status: Status,
  version: z.int(),
  bodyHtml: z.string(),
  updatedAt: Timestamp,
  can: z.object({ edit: z.boolean(), publish: z.boolean(), delete: z.boolean() }),
})
const List = PageInput.extend({
  tag: z.string().optional(),
  author: z.string().optional(),
  sort: z.enum(['newest', 'oldest']).optional(),
})
const Create = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional(),
  coverUrl: z.string().nullable().optional(),
  language: z.string().nullable().optional(),
  body: z.string().optional(),
  tags: z.array(z.string()).optional(),
})

function slice(name: string) {
  const own = z.int().optional()
  const reads = Array.from({ length: 5 }, (_, at) => [
    `read${at}`,
    procedure
      .input(List.extend({ of: z.string() }))
      .output(page(Summary).extend({ [`${name}${at}`]: own }))
      .query(typesOnly),
  ])
  const changes = Array.from({ length: 5 }, (_, at) => [
    `change${at}`,
    procedure
      .input(Create.extend({ [name]: own }))
      .output(View.extend({ [name]: own }))
      .mutation(typesOnly),
  ])
  return t.router(Object.fromEntries([...reads, ...changes]))
}
