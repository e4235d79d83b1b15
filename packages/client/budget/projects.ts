import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Meta } from '@galley/api/trpc'
import {
  CreateArticle,
  ArticlePage,
  ArticleView,
  ListArticles,
} from '@galley/contract/publishing/articles'
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
  const program = readFileSync(join(folder, 'test/project/good.ts'), 'utf8')
  return {
    program: program.replace("'@galley/client'", "'./index.js'"),
    declarations: Object.fromEntries(
      names.map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
    ),
  }
}

const SLICES = 30

/** Thirty slices of ten calls each, with inputs and outputs as large as those of articles; each slice is called. */
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
      'calls.ts': readFileSync(join(folder, 'src/calls.ts'), 'utf8'),
    },
  }
}

const t = initTRPC.meta<Meta>().create()
const procedure = t.procedure.meta({ access: 'public', scope: null, cost: 1 })

function typesOnly(): never {
  throw new Error('Only the types are of interest.')
}

function slice(name: string) {
  const own = z.int().optional()
  const reads = Array.from({ length: 5 }, (_, at) => [
    `read${at}`,
    procedure
      .input(ListArticles.extend({ of: z.string() }))
      .output(ArticlePage.extend({ [`${name}${at}`]: own }))
      .query(typesOnly),
  ])
  const changes = Array.from({ length: 5 }, (_, at) => [
    `change${at}`,
    procedure
      .input(CreateArticle.extend({ [name]: own }))
      .output(ArticleView.extend({ [name]: own }))
      .mutation(typesOnly),
  ])
  return t.router(Object.fromEntries([...reads, ...changes]))
}
