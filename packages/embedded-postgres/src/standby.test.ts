import postgres from 'postgres'
import { expect, test } from 'vitest'
import { startCluster, type Cluster } from './cluster.ts'
import { temporaryFolder } from './files.ts'
import { startStandby } from './standby.ts'

test('a standby has what was written before and after it was made, also after it was killed', async () => {
  using folder = temporaryFolder()
  const durable = false
  await using primary = await startCluster({ dataDir: folder.at('primary'), durable })
  await run(primary, `create table words as select 'before' as word`)
  const dataDir = folder.at('standby')
  const first = await startStandby(primary, { dataDir, durable })
  await run(primary, `insert into words values ('after')`)
  await expect.poll(() => words(first)).toEqual(['before', 'after'])
  await expect(run(first, `insert into words values ('wrong')`)).rejects.toMatchObject({
    code: '25006',
  })

  process.kill(first.pid, 'SIGKILL')
  await run(primary, `insert into words values ('away')`)
  await first.stop()
  await using second = await startStandby(primary, { dataDir, durable, port: first.port })
  await expect.poll(() => words(second)).toEqual(['before', 'after', 'away'])
})

const words = async (cluster: Cluster) =>
  (await run(cluster, 'select word from words')).map(({ word }) => word)

async function run(cluster: Cluster, statement: string) {
  const sql = postgres(cluster.url(), { max: 1 })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
