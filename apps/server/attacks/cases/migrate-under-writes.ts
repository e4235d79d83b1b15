import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { migrate } from '@galley/db/migrate'
import { atLeast, equal, type Galley, type Trial } from '../../trials/trial.ts'
import { post, signIn } from '../../trials/calls.ts'

/** The migration of a next version, which takes its tables in another order than the server that is still running. */
const statements = [
  '-- compatible\nalter table tags add column seen integer not null default 0',
  'create function see_tag() returns trigger language plpgsql as $$ begin return null; end $$',
  'create trigger article_tags_seen after insert on article_tags for each row execute function see_tag()',
  'create trigger articles_seen after update on articles for each row execute function see_tag()',
]

export const trial: Trial = {
  title: 'A migration while the version before it writes',
  async run({ startGalley, short }) {
    const galley = await startGalley({ RATE_LIMIT_PER_MINUTE: '1000000' })
    const folder = nextVersion()
    const writers = await write(galley, short ? 6 : 12)
    try {
      await sleep(1_000)
      const { applied } = await migrate(galley.database.migrationUrl, { migrationsFolder: folder })
      await sleep(1_000)
      const { failures, writes } = await writers.stop()
      return [
        equal('migrations applied', applied, 1),
        equal('failed writes', failures, []),
        atLeast('writes', writes, 20),
      ]
    } finally {
      await writers.stop()
      rmSync(folder, { recursive: true })
    }
  },
}

function nextVersion() {
  const own = fileURLToPath(import.meta.resolve('@galley/db/migrate'))
  const folder = mkdtempSync(join(tmpdir(), 'galley-next-version-'))
  cpSync(join(own, '../../migrations'), folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const { entries, ...journal } = JSON.parse(readFileSync(file, 'utf8'))
  const { idx, when } = entries.at(-1)
  const tag = '9999_next'
  const entry = { idx: idx + 1, version: '7', when: when + 1, tag, breakpoints: true }
  writeFileSync(file, JSON.stringify({ ...journal, entries: [...entries, entry] }))
  writeFileSync(join(folder, `${tag}.sql`), statements.join('--> statement-breakpoint\n'))
  return folder
}

/** Articles with tags, published as soon as they are there, by so many at once. */
async function write(galley: Galley, count: number) {
  const headers = await signIn(galley, 'aiko-tanabe')
  const ending = new AbortController()
  const failures: string[] = []
  let writes = 0
  const call = async (path: string, body: object) => {
    const response = await post(galley, `/trpc/${path}`, body, headers)
    const text = await response.text()
    writes += 1
    if (response.ok) return JSON.parse(text).result.data
    failures.push(`${path}: ${response.status} ${text.slice(0, 200)}`)
    return undefined
  }
  const running = Array.from({ length: count }, async (_, writer) => {
    for (let n = 0; !ending.signal.aborted; n += 1) {
      const tags = [`tag-${(writer + n) % 7}`, `tag-${n % 5}x`]
      const title = `Article ${n} of ${writer}`
      const made = await call('articles.create', { title, body: 'Some *text*', tags })
      if (made) await call('articles.publish', { id: made.id, version: made.version })
    }
  })
  return {
    async stop() {
      ending.abort()
      await Promise.all(running)
      return { failures, writes }
    },
  }
}
