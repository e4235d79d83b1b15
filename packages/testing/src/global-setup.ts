import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startTestServer } from './test-server.ts'

/** Gives the run one PostgreSQL with a migrated template, when a project of the run depends on this package. */
export default async function setup(root: TestProject) {
  if (!root.vitest.projects.some(needsDatabase)) return undefined
  const { server, stop } = await startTestServer()
  root.provide('postgres', server)
  return stop
}

function needsDatabase({ config }: TestProject): boolean {
  const manifest = JSON.parse(readFileSync(path.join(config.root, 'package.json'), 'utf8'))
  const names = [
    manifest.name,
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  ]
  return names.includes('@galley/testing')
}
