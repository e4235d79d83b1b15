import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const serve = import.meta.resolve('../../../src/serve.ts')

/** Prints the packages of `node_modules` that the module needs before anything is done with it. */
const program = `
import { registerHooks } from 'node:module'
const packages = new Set()
registerHooks({
  load(url, context, next) {
    const [, name] = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*\\/node_modules\\/)/.exec(url) ?? []
    if (name) packages.add(name)
    return next(url, context)
  },
})
await import(${JSON.stringify(serve)})
console.log(JSON.stringify([...packages]))
process.exit()
`

/** Large, and of no use to most of what a server does: they are loaded where they are used. */
const onDemand = [
  '@scalar/fastify-api-reference',
  '@simplewebauthn/server',
  'ioredis',
  'nodemailer',
  'pg-boss',
  'pino-pretty',
  'prom-client',
  'react-dom',
  'rehype-parse',
  'sharp',
  'undici',
]

test(
  'a server that starts loads nothing large that it may not need',
  { timeout: 60_000 },
  async () => {
    const node = promisify(execFile)
    const { stdout } = await node(process.execPath, ['--input-type=module', '--eval', program])
    const packages: string[] = JSON.parse(stdout)
    expect(packages).toEqual(expect.arrayContaining(['fastify', 'postgres', 'zod']))
    expect(onDemand.filter((name) => packages.includes(name))).toEqual([])
  },
)
