import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { testDatabaseUrl } from './env.ts'
import { clearServer, prepareServer } from './server.ts'
import { startThrowAwayCluster } from './throw-away-cluster.ts'

/** Gives the run one PostgreSQL with a migrated template, when a project of the run depends on this package. */
export default async function setup(root: TestProject) {
  if (!root.vitest.projects.some(needsDatabase)) return undefined
  if (testDatabaseUrl) {
    const server = await prepareServer(testDatabaseUrl)
    root.provide('postgres', server)
    return () => clearServer(server)
  }
  const cluster = await startThrowAwayCluster()
  try {
    root.provide('postgres', await prepareServer(cluster.url))
  } catch (error) {
    await cluster.remove()
    throw error
  }
  return cluster.remove
}

function needsDatabase({ config }: TestProject): boolean {
  const manifest = JSON.parse(readFileSync(path.join(config.root, 'package.json'), 'utf8'))
  const names = [
    manifest.name,
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
  ]
  return names.includes('@galley/testing')
}
