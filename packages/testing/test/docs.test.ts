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
