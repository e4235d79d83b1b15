import { once } from 'node:events'
import { appendFileSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { useDataFolder } from '../test/data-folder.ts'
import { temporaryFolder } from './files.ts'
import { ClusterError, startCluster } from './cluster.ts'

const folder = useDataFolder()

describe('is refused with one clear error, and left as it was:', () => {
  test('data of another version', async () => {
    using fresh = temporaryFolder()
    mkdirSync(fresh.at('pg'))
    writeFileSync(fresh.at('pg', 'PG_VERSION'), '15\n')

    await expect(startCluster({ dataDir: fresh.at('pg') })).rejects.toThrow(
      /holds data of PostgreSQL 15; this is PostgreSQL 18\. Move the folder away .* DATABASE_URL/,
    )
    expect(readdirSync(fresh.at('pg'))).toEqual(['PG_VERSION'])
  })

  test('a folder with other content', async () => {
    using fresh = temporaryFolder()
    mkdirSync(fresh.at('pg'))
    writeFileSync(fresh.at('pg', 'notes.txt'), 'dear reader')

    const attempt = startCluster({ dataDir: fresh.at('pg') })
    await expect(attempt).rejects.toBeInstanceOf(ClusterError)
    await expect(attempt).rejects.toThrow(/is not a data folder of PostgreSQL/)
    expect(readdirSync(fresh.at('pg'))).toEqual(['notes.txt'])
  })

  test('a file in place of the folder', async () => {
    using fresh = temporaryFolder()
    writeFileSync(fresh.at('pg'), '')
    await expect(startCluster({ dataDir: fresh.at('pg') })).rejects.toThrow(
      /cannot be read as a data folder/,
    )
  })

  test('a folder that cannot be made', async () => {
    using fresh = temporaryFolder()
    writeFileSync(fresh.at('notes.txt'), 'dear reader')
    const attempt = startCluster({ dataDir: fresh.at('notes.txt', 'pg') })
    await expect(attempt).rejects.toBeInstanceOf(ClusterError)
    await expect(attempt).rejects.toThrow(/^PostgreSQL cannot be started in .*notes.txt/)
  })

  test('a lost password', async () => {
    renameSync(folder.at('pg.password'), folder.at('elsewhere'))
    await expect(startCluster({ dataDir: folder.at('pg') })).rejects.toThrow(/put .* back/)
    renameSync(folder.at('elsewhere'), folder.at('pg.password'))
  })

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo

    await expect(startCluster({ dataDir: folder.at('pg'), port })).rejects.toThrow(
      `Port ${port}, meant for PostgreSQL, cannot be used`,
    )
    other.close()
    await once(other, 'close')
    await using cluster = await startCluster({ dataDir: folder.at('pg'), port })
    expect(cluster.port).toBe(port)
  })

  test('settings that PostgreSQL refuses, with its own reason', async () => {
    appendFileSync(folder.at('pg', 'postgresql.auto.conf'), 'no_such_setting = 1\n')
    await expect(startCluster({ dataDir: folder.at('pg') })).rejects.toThrow(
      /did not start: configuration file .* contains errors/,
    )
    writeFileSync(folder.at('pg', 'postgresql.auto.conf'), '')
  })
})
