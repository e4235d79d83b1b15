import { afterAll, beforeAll } from 'vitest'
import { startCluster } from '../src/cluster.ts'
import { temporaryFolder } from '../src/files.ts'

/** A data folder `pg` that initdb has made, stopped, for tests of a file that leave it so. */
export function useDataFolder() {
  const folder = temporaryFolder()
  beforeAll(async () => {
    const cluster = await startCluster({ dataDir: folder.at('pg') })
    await cluster.stop()
  })
  afterAll(() => folder[Symbol.dispose]())
  return folder
}
