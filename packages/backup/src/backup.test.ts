import { createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { ObjectNotFound, StorageUnavailable } from '@galley/storage/storage'
import { createDb } from '@galley/db/client'
import { isConnectionError } from '@galley/db/errors'
import { checkMigrations } from '@galley/db/migrate'
import { searchPath } from '@galley/testing/env'
import { mountDisk } from '@galley/testing/small-disk'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  createTarget,
  createWorld,
  digestsOf,
  objects,
  structureOf,
  type World,
} from '../test/world.ts'
import { BackupError } from './backups.ts'
import { createKey } from './key.ts'
import { type Manifest, readManifest, writeManifest } from './manifest.ts'
import { findProgram, listDump } from './pg-programs.ts'

let world: World
let major = 0
let key = ''
beforeAll(async () => {
  world = await createWorld()
  key = (await createKey()).secret
  const [row] = await world.sql`select current_setting('server_version_num')::int / 10000 as major`
  major = Number(row?.['major'])
})
afterAll(() => world[Symbol.asyncDispose]())

test.for([
  ['copy', 'encrypted'],
  ['pg_dump', 'not encrypted'],
] as const)(
  'a backup by %s, %s, restored into an empty database is the whole of it as it was when it began',
  async ([by, encryption], { skip }) => {
    const usePgDump = by === 'pg_dump'
    skip(usePgDump && !findProgram('pg_dump', major), `there is no pg_dump for PostgreSQL ${major}`)
    const options = { usePgDump, ...(encryption === 'encrypted' && { key }) }
    const changed = Promise.withResolvers<void>()
    const before = await digestsOf(world.asOperator)
    const taken = await world
      .backups({
        ...options,
        objects: {
          ...objects,
          objectsOf(row) {
            const change = world.sql`update users set display_name = display_name || '!'`
            change.then(() => changed.resolve(), changed.reject)
            return objects.objectsOf(row)
          },
        },
      })
      .take()
    await changed.promise
    expect(taken).toMatchObject({ by, files: 2, missing: [] })
    expect(taken.rows).toBeGreaterThan(300)

    await using target = await createTarget(world)
    const backups = world.backups({ ...options, storage: target.storage })
    const { name, tables, rows, files } = taken
    expect(await backups.restore(taken.path, target.into)).toMatchObject({
      name,
      tables,
      rows,
      files,
      by,
    })
    expect(await digestsOf(target.asOperator)).toEqual(before)
    expect(await digestsOf(world.asOperator)).not.toEqual(before)
    expect(await structureOf(target.asOperator)).toEqual(await structureOf(world.asOperator))
    for (const key of world.keys) {
      const { body } = await target.storage.get(key)
      expect(`media/${(await text(body)).slice('file '.length)}/upload`).toBe(key)
    }
    await checkMigrations(target.url)
    await using database = createDb(target.url, { max: 1 })
    await expect(database.sql`delete from audit_log`).rejects.toThrow('permission denied')
    await expect(backups.restore(taken.path, target.into)).rejects.toThrow(
      /is not empty: it has \d+ tables/,
    )
  },
)

describe('nothing is restored of a backup that', () => {
  const refused = async (spoil: (folder: string) => void, more = {}) => {
    const folder = world.at(`spoilt-${randomBytes(4).toString('hex')}`)
    cpSync(await encrypted(), folder, { recursive: true })
    spoil(folder)
    const problem = world.backups({ key, ...more }).check(folder)
    await expect(problem).rejects.toBeInstanceOf(BackupError)
    return problem.catch((error: Error) => error.message)
  }
  let taken: Promise<string> | undefined
  const encrypted = () =>
    (taken ??= world
      .backups({ key })
      .take()
      .then(({ path }) => path))
  const users = (folder: string) => `${folder}/tables/public.users.copy.zst.age`

  test('was cut off, altered, or lost a part', async () => {
    const cut = (folder: string) => truncateSync(users(folder), 100)
    expect(await refused(cut)).toMatch(
      /^tables\/public\.users\S+ is cut off: it has 100 of \d+ bytes\.$/,
    )
    const alter = (file: string) => {
      const bytes = readFileSync(file)
      bytes[60] = (bytes[60] ?? 0) ^ 1
      writeFileSync(file, bytes)
    }
    expect(await refused((folder) => alter(users(folder)))).toMatch(
      /users\S+ was altered: its SHA-256/,
    )
    expect(await refused((folder) => rmSync(users(folder)))).toMatch(/users\S+ is missing/)
    expect(await refused((folder) => rmSync(`${folder}/media`, { recursive: true }))).toMatch(
      /media\/\S+ is missing/,
    )
    expect(await refused((folder) => alter(`${folder}/manifest.json.age`))).toMatch(
      /^manifest\.json\.age was altered/,
    )
    expect(await refused((folder) => rmSync(`${folder}/manifest.json.age`))).toMatch(
      /is no whole backup/,
    )
    expect(await refused((folder) => writeFileSync(`${folder}/manifest.sha256`, ''))).toMatch(
      /is no whole backup/,
    )
  })

  test('is no dump that pg_restore reads, or lacks a table', async ({ skip }) => {
    skip(!findProgram('pg_dump', major), `there is no pg_dump for PostgreSQL ${major}`)
    const { path: folder } = await world.backups({ usePgDump: true }).take()
    const place = { folder, key: undefined }
    const manifest = await readManifest(place)
    const write = (more: Partial<Manifest>) => {
      rmSync(`${folder}/manifest.json`)
      return writeManifest(place, { ...manifest, ...more })
    }
    const [first, ...others] = manifest.tables
    if (!first || !manifest.dump) throw new Error('There is no dump')
    await write({ tables: [{ ...first, name: 'another' }, ...others] })
    await expect(world.backups().check(folder)).rejects.toThrow(
      `database.dump has no ${first.schema}.another.`,
    )
    writeFileSync(`${folder}/database.dump`, 'something else')
    const sha256 = createHash('sha256').update('something else').digest('hex')
    await write({ dump: { ...manifest.dump, bytes: 14, sha256 } })
    await expect(world.backups().check(folder)).rejects.toThrow(/^pg_restore failed: /)
  })

  test('is of another key, or of none that is at hand', async () => {
    const { secret, recipient } = await createKey()
    expect(await refused(() => {}, { key: secret })).toMatch(/^BACKUP_KEY is not the key/)
    expect(await refused(() => {}, { key: recipient })).toMatch(
      /^The backup is encrypted: set BACKUP_KEY/,
    )
    expect(await refused(() => {}, { key: undefined })).toMatch(
      /^The backup is encrypted: set BACKUP_KEY/,
    )
    const mistyped = `${key.slice(0, -1)}${key.endsWith('Q') ? 'P' : 'Q'}`
    expect(await refused(() => {}, { key: mistyped })).toBe(
      'BACKUP_KEY is mistyped: its checksum is not right.',
    )
  })

  test('is of a newer version', async () => {
    const plain = (await world.backups().take()).path
    const place = { folder: plain, key: undefined }
    const manifest = await readManifest(place)
    rmSync(`${plain}/manifest.json`)
    await writeManifest(place, {
      ...manifest,
      version: '9.9.9',
      migrations: [...manifest.migrations, 'later'],
    })
    await using target = await createTarget(world)
    await expect(world.backups().restore(plain, target.into)).rejects.toThrow(
      /of a newer version of Galley \(9\.9\.9/,
    )
    expect(await digestsOf(target.asOperator)).toEqual({})
  })
})

describe('of what fails nothing stays', () => {
  test('a database that goes away, a store that fails, and one who gives up', async () => {
    const folder = world.at('failed')
    const lost = world.backups({
      folder,
      objects: {
        query: 'select 1 as one',
        objectsOf: () => {
          void world.asOperator(
            (sql) =>
              sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'galley backup'`,
          )
          return []
        },
      },
    })
    expect(isConnectionError(await lost.take().catch((error: unknown) => error))).toBe(true)
    const storage = { ...world.storage, get: () => Promise.reject(new StorageUnavailable('gone')) }
    await expect(world.backups({ folder, storage }).take()).rejects.toThrow(
      'The storage is not there',
    )
    const signal = AbortSignal.abort(new Error('The worker ends'))
    await expect(world.backups({ folder }).take({ signal })).rejects.toThrow('The worker ends')
    expect(left(folder)).toEqual([])
  })

  test('a full disk and a folder that cannot be written, in words', async ({ skip }) => {
    const file = world.at('a-file')
    writeFileSync(file, '')
    await expect(world.backups({ folder: file }).take()).rejects.toThrow(
      /cannot be written \(EEXIST\)/,
    )
    using disk = mountDisk('64k')
    if (!disk) return skip('this machine mounts no small disk')
    const { folder } = disk
    await expect(world.backups({ folder }).take()).rejects.toThrow(
      `There is no room left in ${folder}.`,
    )
    expect(left(folder)).toEqual([])
  })
})

test('files that the storage lacks are named, and the rest is whole; the oldest backups go, and what was left half-way', async () => {
  const folder = world.at('kept')
  const half = `${folder}/galley-20200101T000000000Z-abcdef.partial`
  mkdirSync(half, { recursive: true })
  utimesSync(half, 0, 0)
  mkdirSync(`${folder}/something else`)
  const [first = '', second = ''] = world.keys
  const storage = {
    ...world.storage,
    get: (name: string) =>
      name === first ? Promise.reject(new ObjectNotFound(name)) : world.storage.get(name),
  }
  const backups = world.backups({ folder, storage, keep: 2 })
  const taken = await backups.take()
  expect(taken).toMatchObject({ files: 1, missing: [first] })
  expect(await backups.check(taken.path)).toMatchObject({ files: 1, missing: 1 })
  expect(existsSync(`${taken.path}/${second}`)).toBe(true)
  expect(existsSync(half)).toBe(false)
  const later = [(await backups.take()).name, (await backups.take()).name]
  expect(left(folder).toSorted()).toEqual([...later, 'something else'].toSorted())
})

test('a backup is taken also where an older one cannot be removed, and says so', async () => {
  const folder = world.at('stuck')
  const old = `${folder}/galley-20200101T000000000Z-abcdef`
  // Where its removal begins something else is in the way.
  for (const name of [old, `${old}.partial/tables`]) mkdirSync(name, { recursive: true })
  const backups = world.backups({ folder, keep: 1 })
  const taken = await backups.take()
  expect(taken.notRemoved?.message).toContain('ENOTEMPTY')
  expect(await backups.check(taken.path)).toMatchObject({ name: taken.name })
})

const left = (folder: string) => readdirSync(folder)

test('a program that the PATH leads to, in whatever folder, is found and started', async () => {
  const folder = world.at('programs')
  mkdirSync(folder)
  const script = `#!/bin/sh
if [ "$1" = --version ]; then echo 'pg_restore (PostgreSQL) 99.1'
else echo '1; 0 0 TABLE public users galley'; fi
`
  writeFileSync(path.join(folder, 'pg_restore'), script, { mode: 0o755 })
  vi.stubEnv('PATH', `${folder}${path.delimiter}${searchPath}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  const program = findProgram('pg_restore', 99)
  expect(await listDump(program ?? '', Readable.from(['a dump']))).toEqual(
    new Set(['public users']),
  )
})
