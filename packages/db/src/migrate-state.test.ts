import net from 'node:net'
import { once } from 'node:events'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { checkMigrations, migrate } from './migrate.ts'
import { prepareDatabase } from './prepare.ts'

const cluster = useCluster()

test.each([
  ['140011', '14.11'],
  ['190000', '19.0'],
])('a server of version %s is refused, and nothing is changed', async (number, name) => {
  const url = await cluster.current.ensureDatabase(`version_${number}`)
  using other = await pretend(url, number)
  const options = { migrationUrl: other.url, appUrl: url.replace('//postgres', '//app') }
  const attempts = [migrate(other.url), checkMigrations(other.url), prepareDatabase(options)]
  for (const attempt of await Promise.allSettled(attempts)) {
    expect(attempt).toMatchObject({
      reason: {
        name: 'MigrationError',
        message: `The database is PostgreSQL ${name}; Galley needs 15 to 18.`,
      },
    })
  }
  const sql = postgres(url, { max: 1 })
  expect(await sql`select from pg_namespace where nspname = 'drizzle'`).toHaveLength(0)
  await sql.end()
})

/** A server that says it is of another version: a relay that writes the number over. */
async function pretend(url: string, version: string) {
  const sql = postgres(url, { max: 1 })
  const [real] = await sql`select current_setting('server_version_num') as version`
  await sql.end()
  const relay = net.createServer((client) => {
    const { hostname, port } = new URL(url)
    const server = net.connect(Number(port), hostname)
    client.pipe(server)
    server.on('data', (data) => {
      const text = data.toString('latin1').replace(real?.version, version)
      client.write(Buffer.from(text, 'latin1'))
    })
    for (const socket of [client, server]) {
      socket.on('error', () => {})
      socket.on('close', () => [client, server].forEach((each) => each.destroy()))
    }
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  const address = relay.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: Object.assign(new URL(url), { port, hostname: '127.0.0.1' }).href,
    [Symbol.dispose]: () => void relay.close(),
  }
}
