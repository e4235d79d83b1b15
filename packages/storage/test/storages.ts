import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import {
  ObjectNotFound,
  RangeNotSatisfiable,
  SizeMismatch,
  StorageUnavailable,
  type Storage,
} from '../src/storage.ts'

export type Fixture = {
  storage: Storage
  /** The same place, as another process sees it. */
  another(): Storage
  /** What is there in all, parts of uploads too. */
  listAll(): Promise<string[]>
  /** Takes the bucket or the folder away for good. */
  remove(): Promise<void>
}

const text = { contentType: 'text/plain' }
const bytes = (value: string | Buffer) => Readable.from([Buffer.from(value)])
const read = async (storage: Storage, key: string) =>
  String(await buffer((await storage.get(key)).body))

/** What every driver must do. `create` makes an empty store. */
export function describeStorage(where: string, create: () => Promise<Fixture>, whyNot = '') {
  describe.skipIf(whyNot)(`storage ${where}${whyNot}`, () => {
    test('returns what was put, with its size and an etag that stays', async () => {
      const { storage, another } = await create()
      const put = await storage.put('media/a/original.txt', bytes('hello'), text)
      expect(put).toEqual({ size: 5, etag: expect.stringMatching(/^"[^"]+"$/) })
      const { body, ...info } = await storage.get('media/a/original.txt')
      expect(info).toEqual(put)
      expect(String(await buffer(body))).toBe('hello')
      expect(await another().head('media/a/original.txt')).toEqual(put)
    })

    test('keeps bytes of many chunks and megabytes as they are', async () => {
      const { storage } = await create()
      const content = randomBytes(13_000_001)
      const { size } = await storage.put('large', chunks(content), text)
      expect(size).toBe(content.byteLength)
      expect((await buffer((await storage.get('large')).body)).equals(content)).toBe(true)
    })

    test('an empty object is an object', async () => {
      const { storage } = await create()
      expect(await storage.put('empty', Readable.from([]), text)).toMatchObject({ size: 0 })
      expect(await read(storage, 'empty')).toBe('')
    })

    test('a second put replaces the first, under another etag', async () => {
      const { storage } = await create()
      const first = await storage.put('key', bytes('first'), text)
      const second = await storage.put('key', bytes('other'), text)
      expect(second.etag).not.toBe(first.etag)
      expect(await read(storage, 'key')).toBe('other')
    })

    test('returns ranges', async () => {
      const { storage } = await create()
      await storage.put('key', bytes('0123456789'), text)
      const range = async (range: { start: number; end?: number }) => {
        const { body, size } = await storage.get('key', { range })
        return `${String(await buffer(body))} of ${size}`
      }
      expect(await range({ start: 2, end: 4 })).toBe('234 of 10')
      expect(await range({ start: 7 })).toBe('789 of 10')
      expect(await range({ start: 7, end: 99 })).toBe('789 of 10')
      expect(await range({ start: 0, end: 1 })).toBe('01 of 10')
      await expect(range({ start: 10 })).rejects.toThrow(RangeNotSatisfiable)
    })

    test('what is not there is not found, and deleted already', async () => {
      const { storage } = await create()
      await expect(storage.get('none')).rejects.toThrow(ObjectNotFound)
      await expect(storage.head('no/where')).rejects.toThrow(ObjectNotFound)
      await storage.delete('none')
      await storage.put('key', bytes('x'), text)
      await storage.delete('key')
      await storage.delete('key')
      await expect(storage.head('key')).rejects.toThrow(ObjectNotFound)
    })

    test.each([
      '',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      'a/./b',
      '.a',
      'a/.b',
      'A',
      'ä',
      'a b',
      'a\\b',
    ])('refuses %j as a key', async (key) => {
      const { storage } = await create()
      await expect(storage.put(key, bytes('x'), text)).rejects.toThrow(TypeError)
      await expect(storage.get(key)).rejects.toThrow(TypeError)
      await expect(storage.delete(key)).rejects.toThrow(TypeError)
    })

    test('a key has at most 200 characters', async () => {
      const { storage } = await create()
      await storage.put('a'.repeat(200), bytes('x'), text)
      await expect(storage.put('a'.repeat(201), bytes('x'), text)).rejects.toThrow(TypeError)
    })

    test.each([
      ['too few', 6],
      ['too many', 4],
    ])('a body of %s bytes keeps nothing', async (_, size) => {
      const { storage, listAll } = await create()
      const put = storage.put('key', bytes('12345'), { ...text, size })
      await expect(put).rejects.toThrow(SizeMismatch)
      expect(await listAll()).toEqual([])
    })

    test.each([
      ['at its first byte', 0],
      ['behind eleven megabytes', 11],
    ])('a body that fails %s keeps nothing, and what was there stays', async (_, megabytes) => {
      const { storage, listAll } = await create()
      await storage.put('key', bytes('before'), text)
      const put = storage.put('key', failing(megabytes), text)
      await expect(put).rejects.toThrow('the client is gone')
      expect(await read(storage, 'key')).toBe('before')
      await expect.poll(listAll).toHaveLength(1)
    })

    test.each([0, 11])('an aborted put keeps nothing (%s megabytes)', async (megabytes) => {
      const { storage, listAll } = await create()
      const stop = new AbortController()
      const body = endless(megabytes)
      const put = storage.put('key', body, { ...text, signal: stop.signal })
      await sleep(200)
      await expect(storage.head('key')).rejects.toThrow(ObjectNotFound)
      stop.abort(new Error('enough'))
      await expect(put).rejects.toThrow('enough')
      expect(body.destroyed).toBe(true)
      await expect.poll(listAll).toEqual([])
    })

    test('a signal that is aborted already does nothing', async () => {
      const { storage, listAll } = await create()
      const signal = AbortSignal.abort(new Error('enough'))
      const body = bytes('x')
      await expect(storage.put('key', body, { ...text, signal })).rejects.toThrow('enough')
      expect(body.destroyed).toBe(true)
      await expect(storage.get('key', { signal })).rejects.toThrow('enough')
      await expect(storage.head('key', { signal })).rejects.toThrow('enough')
      await expect(storage.delete('key', { signal })).rejects.toThrow('enough')
      expect(await listAll()).toEqual([])
    })

    test('many puts of one key at once leave one of them whole', async () => {
      const { storage, listAll } = await create()
      // Of different lengths: of two mixed, the longer shows behind the shorter.
      const contents = Array.from({ length: 8 }, (_, at) =>
        String(at).repeat(300_000 - at * 20_000),
      )
      await Promise.all(contents.map((content) => storage.put('key', bytes(content), text)))
      expect(contents).toContain(await read(storage, 'key'))
      expect(await listAll()).toHaveLength(1)
    })

    test('a sweep leaves what is whole', async () => {
      const { storage } = await create()
      await storage.put('key', bytes('x'), text)
      expect(await storage.sweep({ prefix: '', before: new Date(Date.now() + 60_000) })).toBe(0)
      expect(await read(storage, 'key')).toBe('x')
    })

    test('a store that is gone is unavailable', async () => {
      const { storage, remove } = await create()
      await storage.put('key', bytes('x'), text)
      await remove()
      const gone = expect.objectContaining({ name: 'StorageUnavailable', problem: 'gone' })
      await expect(storage.get('key')).rejects.toEqual(gone)
      await expect(storage.head('key')).rejects.toEqual(gone)
      await expect(storage.delete('key')).rejects.toEqual(gone)
      const body = bytes('x')
      await expect(storage.put('key', body, text)).rejects.toThrow(StorageUnavailable)
      await expect(storage.put('key', chunks(randomBytes(11_000_000)), text)).rejects.toEqual(gone)
      expect(body.destroyed).toBe(true)
    })
  })
}

function chunks(content: Buffer): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < content.byteLength; at += 60_000)
        yield content.subarray(at, at + 60_000)
    })(),
  )
}

function failing(megabytes: number): Readable {
  return Readable.from(
    (async function* () {
      yield* Array.from({ length: megabytes }, () => Buffer.alloc(1_000_000))
      throw new Error('the client is gone')
    })(),
  )
}

/** Begins, and never comes to its end. */
function endless(megabytes: number): Readable {
  const body = new Readable({ read() {} })
  for (let sent = 0; sent < megabytes; sent += 1) body.push(Buffer.alloc(1_000_000))
  return body
}
