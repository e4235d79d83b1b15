import { afterAll, beforeAll } from 'vitest'
import { startCluster, type Cluster } from '../src/embedded/cluster.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** One throw-away cluster for the tests of a file. */
export function useCluster(): { readonly current: Cluster } {
  let cluster: Cluster | undefined
  let folder: ReturnType<typeof temporaryFolder> | undefined
  beforeAll(async () => {
    folder = temporaryFolder()
    cluster = await startCluster({ dataDir: folder.at('pg'), durable: false })
  })
  afterAll(async () => {
    await cluster?.stop()
    folder?.[Symbol.dispose]()
  })
  return {
    get current() {
      if (!cluster) throw new Error('The cluster is only there while tests run')
      return cluster
    },
  }
}
