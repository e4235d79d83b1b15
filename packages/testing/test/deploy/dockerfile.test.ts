import { readFileSync } from 'node:fs'
import path from 'node:path'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'
import { contextFilter } from '../../run/image/context.ts'
import { readStages, type Stage } from '../../run/image/dockerfile.ts'

const root = path.join(import.meta.dirname, '../../../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const dockerfile = read('deploy/Dockerfile')
const stages = readStages(dockerfile, { NODE_DIGEST: 'sha256:abc', REVISION: 'ff00' })
const manifest: { optionalDependencies: { node: string }; packageManager: string } = JSON.parse(
  read('package.json'),
)

const valuesOf = (stage: Stage | undefined, kind: 'env' | 'label') =>
  Object.assign({}, ...(stage?.steps ?? []).map((step) => (step.kind === kind ? step.values : {})))

test('the Dockerfile is one', () => {
  expect(validate(dockerfile).map(({ message }) => message)).toEqual([])
  // The check itself finds what is wrong.
  expect(validate('FROM a\nCOPY x\nEXPOSE y\n')).toHaveLength(2)
})

test('it is built on the Node of the project, of a digest that has to be given', () => {
  const image = `docker.io/library/node:${manifest.optionalDependencies.node}-bookworm-slim@sha256:abc`
  const names = stages.map(({ name }) => name)
  expect(stages.map(({ base }) => base).filter((base) => !names.includes(base))).toEqual([
    image,
    image,
  ])
  expect(readStages(dockerfile)[0]?.base).toMatch(/@$/)
  expect(dockerfile).toContain(`npm install --global ${manifest.packageManager}`)
})

test('what runs has a user, a health check, labels, and a process that hears signals', () => {
  const last = stages.at(-1)
  const find = (kind: string) => last?.steps.find((step) => step.kind === kind)
  expect(find('user')).toMatchObject({ value: '1000:1000' })
  expect(find('cmd')).toMatchObject({ command: ['node', 'apps/server/src/main.ts'] })
  expect(find('healthcheck')).toMatchObject({ command: ['node', '--eval', expect.any(String)] })
  expect(valuesOf(last, 'env')).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' })
  expect(valuesOf(last, 'label')).toMatchObject({
    'org.opencontainers.image.version': '0.1.0',
    'org.opencontainers.image.revision': 'ff00',
    'galley.sbom': '/app/sbom.json',
  })
})

test('the build is sent sources, and no secrets, tests or results', () => {
  const isSent = contextFilter(read('.dockerignore'))
  const sent = [
    'package.json',
    'apps/server/src/main.ts',
    'apps/web/package.json',
    'packages/db/migrations/meta/_journal.json',
    'packages/db/patches/postgres@3.4.9.patch',
    'packages/testing/package.json',
  ]
  const left = [
    '.env',
    'apps/server/.env',
    '.git/config',
    'deploy/secrets/database-url',
    'docs/operations.md',
    'node_modules/x',
    'apps/web/node_modules/x',
    'apps/web/dist/x',
    'apps/server/test/app.ts',
    'apps/server/src/paths.test.ts',
    'packages/ui/src/button.test.tsx',
    'apps/server/dev/main.ts',
  ]
  expect([...sent, ...left].filter(isSent)).toEqual(sent)
})
