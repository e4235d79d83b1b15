// `pnpm galley backup` and `restore`, ended by SIGKILL in the middle of what they do.
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkMigrations } from '@galley/db/migrate'
import { createEmptyDatabase, useTestDatabase } from '@galley/testing/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProgram } from '../../program.ts'

const ROWS = 40_000

const database = useTestDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'galley-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: string[]) => path.join(folder, ...names)
const kept = (wanted: (name: string) => boolean) => readdirSync(at('kept')).filter(wanted)
const isPartial = (name: string) => name.endsWith('.partial')

type Env = Record<string, string>

function start(program: string, args: string[], more: Env = {}) {
  const env = {
    PATH: '/usr/bin:/bin',
    DATABASE_URL: database.url,
    MEDIA_FOLDER: at('media'),
    BACKUP_DIR: at('kept'),
    BACKUP_PG_DUMP: 'no',
    ...more,
  }
  const { child, exit, end } = startProgram(program, env, args)
  return {
    /** Ends it as soon as it is so. */
    async killWhen(isSo: () => boolean | Promise<boolean>) {
      while (!(await isSo())) {
        expect(child.exitCode).toBeNull()
        await sleep(1)
      }
      child.kill('SIGKILL')
      expect(await exit).toBe('SIGKILL')
    },
    end,
  }
}

const galley = (args: string[], env?: Env) => start('cli/main.ts', args, env)

// So that there is a middle.
beforeAll(() =>
  database.asOperator(
    (sql) => sql`
      insert into audit_log (id, action, actor_kind, target_type, target_id, request_id, after)
      select gen_random_uuid(), 'user.created', 'system', 'user', n::text, 'r',
        jsonb_build_object('a', (select string_agg(md5(random()::text), '') from generate_series(n, n + 20)))
      from generate_series(1, ${ROWS}) n`,
  ),
)

test('a backup that is killed is none, stands in the way of no other, and goes with a later one', async () => {
  const isAtWork = () =>
    existsSync(at('kept')) &&
    kept(isPartial).some((name) => existsSync(at('kept', name, 'tables/public.audit_log.copy.zst')))
  await galley(['backup']).killWhen(isAtWork)
  const [half = '', ...others] = readdirSync(at('kept'))
  expect([isPartial(half), others]).toEqual([true, []])
  expect(await galley(['restore', '--check', at('kept', half)]).end()).toEqual({
    code: 1,
    stdout: '',
    stderr: `galley: ${at('kept', half)} is no whole backup: its manifest is missing.\n`,
  })
  expect(await galley(['backup']).end()).toMatchObject({ code: 0, stderr: '' })
  expect(kept(isPartial)).toEqual([half])
  for (const name of readdirSync(at('kept', half), { recursive: true, encoding: 'utf8' })) {
    utimesSync(at('kept', half, name), 0, 0)
  }
  utimesSync(at('kept', half), 0, 0)
  expect(await galley(['backup']).end()).toMatchObject({ code: 0 })
  expect(kept(isPartial)).toEqual([])
})

test('on what a restore left that was killed no server starts, and nothing is restored or migrated', async () => {
  expect(await galley(['backup']).end()).toMatchObject({ code: 0 })
  const backup = at(
    'kept',
    kept((name) => !isPartial(name))
      .toSorted()
      .at(-1) ?? '',
  )
  await using target = await createEmptyDatabase()
  const into = { DATABASE_URL: target.url, MIGRATION_DATABASE_URL: target.adminUrl }
  const isLoading = () =>
    target.asOperator(async (sql) => {
      const rows = await sql`
        select from pg_stat_activity
        where datname = current_database() and query like 'copy%audit_log%' and state = 'active'`
      return rows.length > 0
    })
  await galley(['restore', backup], into).killWhen(isLoading)
  await expect(checkMigrations(target.url)).rejects.toThrow(
    /A restore into the database .* was cut off/,
  )
  const refused = {
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(
      'was cut off, and what it left is not the whole of a backup. Make another empty database',
    ),
  }
  expect(await galley(['restore', backup], into).end()).toEqual(refused)
  expect(await start('main.ts', [], into).end()).toMatchObject(refused)
  expect(await start('migrate.ts', [], into).end()).toEqual(refused)
  await using other = await createEmptyDatabase()
  const again = { DATABASE_URL: other.url, MIGRATION_DATABASE_URL: other.adminUrl }
  expect(await galley(['restore', backup], again).end()).toMatchObject({ code: 0, stderr: '' })
  await checkMigrations(other.url)
})
