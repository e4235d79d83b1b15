// What people see of a store that is full or gone, on each of the drivers: 503 with a time to come again, and nothing half-kept.
import { mkdir, mkdtemp, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { mountDisk } from '@galley/testing/small-disk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { formOf } from './form.ts'
import { useS3 } from './use-s3.ts'

type Fault = { name: string; begin(): Promise<unknown>; end(): Promise<unknown> }

/** Tries an upload under each fault, and after it. `listAll` is what the store holds in all. */
function tryFaults(
  on: ReturnType<typeof useApp>,
  listAll: () => Promise<string[]>,
  faults: Fault[],
) {
  type Browser = Awaited<ReturnType<typeof signUp>>['asBrowser']
  const uploadBy = (headers: Browser) =>
    on.app.inject({ method: 'POST', url: '/api/v1/media', headers, payload: formOf() })

  // The folder is made at the first use.
  beforeAll(async () => {
    expect((await uploadBy((await signUp(on)).asBrowser)).statusCode).toBe(201)
  })

  test.each(faults)('$name', async ({ begin, end }) => {
    const { asBrowser: headers } = await signUp(on)
    const upload = () => uploadBy(headers)
    const read = async (url: string) =>
      (await on.app.inject({ url: `/api/v1/me/${url}`, headers })).json()
    const before = await listAll()
    await begin()
    const refused = await upload()
    await end()
    expect(refused.statusCode, refused.body).toBe(503)
    expect(refused.json().reason).toBe('storage/unavailable')
    expect(refused.json().title).toMatch(/cannot be stored.*again/)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await read('media')).items).toEqual([])
    expect((await read('media-quota')).usedBytes).toBe(0)
    expect(await listAll()).toEqual(before)
    const taken = await upload()
    expect(taken.statusCode, taken.body).toBe(201)
    expect((await read('media')).items).toHaveLength(1)
    expect((await read('media-quota')).usedBytes).toBeGreaterThan(0)
    expect((await listAll()).length).toBe(before.length + 1)
  })
}

describe('in S3', () => {
  const s3 = useS3()
  const answering = (status: number, code: string) => ({
    name: `${status} ${code}`,
    async begin() {
      s3.server.respond((request, response) => {
        request.resume().on('end', () => {
          response.writeHead(status, { 'content-type': 'application/xml' })
          response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)
        })
      })
    },
    end: async () => s3.server.respond(s3.server.serve),
  })

  tryFaults(useApp(s3.variables), () => s3.server.listAll(), [
    answering(507, 'InsufficientStorage'),
    answering(404, 'NoSuchBucket'),
    answering(403, 'AccessDenied'),
    answering(503, 'SlowDown'),
    {
      name: 'broken off',
      begin: async () => s3.server.respond((request) => void request.socket.destroy()),
      end: async () => s3.server.respond(s3.server.serve),
    },
  ])
})

const filesIn = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

describe('in a folder', async () => {
  const above = await mkdtemp(path.join(tmpdir(), 'galley-gone-'))
  const folder = path.join(above, 'media')
  await mkdir(folder)
  afterAll(() => rm(above, { recursive: true, force: true }))
  tryFaults(useApp({ MEDIA_FOLDER: folder }), () => filesIn(folder), [
    {
      name: 'gone',
      begin: () => rename(folder, `${folder}-away`),
      end: () => rename(`${folder}-away`, folder),
    },
  ])
})

const disk = mountDisk('1m')

describe.skipIf(!disk)(
  `on a disk${disk ? '' : ' (skipped: this machine mounts no small disk)'}`,
  () => {
    const folder = disk?.folder ?? ''
    const filler = path.join(folder, 'filler')
    afterAll(() => disk?.[Symbol.dispose]())
    tryFaults(useApp({ MEDIA_FOLDER: folder }), () => filesIn(folder), [
      {
        name: 'full',
        async begin() {
          const { bavail, bsize } = await statfs(folder)
          await writeFile(filler, Buffer.alloc(bavail * bsize))
        },
        end: () => rm(filler),
      },
    ])
  },
)
