import { atMost, equal, type Trial } from '../../trials/trial.ts'

/** PostgreSQL is shut down while people read. */
export const trial: Trial = {
  title: 'The database is shut down',
  async run({ startGalley, short }) {
    const { origin, database } = await startGalley()
    const home = await (await fetch(origin)).text()
    const asset = /\/assets\/[\w.-]+\.js/.exec(home)?.[0] ?? ''
    process.kill(database.postgresPid, 'SIGINT')
    await untilRefused(origin)

    const pages = Promise.all(Array.from({ length: short ? 100 : 400 }, () => timed(origin, '/')))
    const free = await Promise.all(
      [asset, '/api/v1/openapi.json', '/api/reference', '/health/live'].map((path) =>
        timed(origin, path),
      ),
    )
    const refused = await pages
    const kinds = new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))
    return [
      equal(
        'a script, documents and liveness',
        free.map(({ status }) => status),
        [200, 200, 200, 200],
      ),
      equal(
        'pages without Retry-After',
        [...kinds].filter((kind) => !/^503 \d+$/.test(kind)),
        [],
      ),
      atMost('slowest page', Math.max(...refused.map(({ ms }) => ms)), 2_000, ' ms'),
    ]
  },
}

async function timed(origin: string, path: string) {
  const begun = performance.now()
  const headers = { accept: 'text/html', cookie: `__Host-galley-session=${'a'.repeat(40)}` }
  const response = await fetch(`${origin}${path}`, { headers })
  await response.arrayBuffer()
  const retryAfter = response.headers.get('retry-after')
  return { status: response.status, retryAfter, ms: performance.now() - begun }
}

async function untilRefused(origin: string) {
  while ((await timed(origin, '/health/ready')).status === 200);
}
