import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** How the documents write the folders that they name most. */
const spelledOut = (name: string) =>
  name
    .replace(/^(platform|publishing|\{platform,publishing\})\//, 'packages/$1/src/')
    .replace(/^server\//, 'apps/server/')

test.each(['docs/security.md', 'docs/backend-map.md'])('%s names files that are there', (file) => {
  const text = readFileSync(`${root}/${file}`, 'utf8')
  const names = [...text.matchAll(/`([\w.@{},*/-]+\/[\w.@{},*/-]*)`/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(50)
  const missing = names.filter((name) => {
    const path = `${root}/${spelledOut(name)}`
    return !existsSync(path) && globSync(path).length === 0
  })
  expect(missing).toEqual([])
})

test('the documents, the manifest and CI name one Node to begin with, and one that is installed', () => {
  const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8')
  const { engines, optionalDependencies } = JSON.parse(read('package.json'))
  const least = Number(/^>=(\d+)$/.exec(engines.node)?.[1])
  const installed = optionalDependencies.node.split('.')[0]
  for (const file of ['README.md', 'docs/operations.md']) {
    expect(read(file), file).toContain(`Node ${least} or newer`)
    expect(read(file), file).toContain(`Node ${installed} that`)
  }
  for (const file of globSync('.github/workflows/*.yml', { cwd: root }))
    for (const [, used] of read(file).matchAll(/container: node:(\d+)-/g))
      expect(Number(used), file).toBeGreaterThanOrEqual(least)
})
