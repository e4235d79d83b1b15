import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { createReadStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { ObjectNotFound, type Storage } from '@galley/storage/storage'
import { z } from 'zod'
import { BackupError, type NamedObject, type NamedObjects } from './backups.ts'
import { Part, readPart, verifyPart, writePart, type Place } from './part.ts'
import type { Snapshot } from './snapshot.ts'

/** How many files are on their way at once: of a store at a distance each waits for an answer. */
const AT_ONCE = 4

const Line = z.union([
  z.strictObject({ key: z.string(), contentType: z.string(), part: Part }),
  z.strictObject({ key: z.string(), missing: z.literal(true) }),
])
type Line = z.output<typeof Line>

/** A large file from a slow store: nothing is written to the index meanwhile. */
const LONGEST_MS = 24 * 60 * 60_000

const LIST = 'objects.list'

/** Writes down which objects the snapshot names: there may be more of them than memory, and the snapshot should not wait for them. */
export async function listObjects({ sql }: Snapshot, { folder }: Place, named: NamedObjects) {
  const list = await open(path.join(folder, LIST), 'wx', 0o600)
  try {
    for await (const rows of sql.unsafe(named.query).cursor(1000)) {
      const objects = rows.flatMap((row) => named.objectsOf(row))
      await list.write(objects.map((object) => `${JSON.stringify(object)}\n`).join(''))
    }
  } finally {
    await list.close()
  }
}

/** Copies the objects that were listed. What the storage does not have is named, and the rest goes on. */
export async function copyObjects(place: Place, storage: Storage) {
  const total = { count: 0, bytes: 0, missing: [] as string[] }
  const lines = new PassThrough()
  const index = writePart(place, 'files.jsonl.zst', lines, LONGEST_MS)
  const copy = async ({ key, contentType }: NamedObject) => {
    const part = await copyObject(place, storage, key)
    const line: Line = part ? { key, contentType, part } : { key, missing: true }
    if (part) {
      total.count += 1
      total.bytes += part.bytes
    } else total.missing.push(key)
    if (!lines.write(`${JSON.stringify(line)}\n`)) await drained(lines)
  }
  try {
    await together(linesOf(createReadStream(path.join(place.folder, LIST))), (line) =>
      copy(JSON.parse(line)),
    )
    lines.end()
  } catch (error) {
    lines.destroy()
    await index.catch(() => {})
    throw error
  }
  const part = await index
  await rm(path.join(place.folder, LIST))
  return { ...total, index: part }
}

async function copyObject(place: Place, storage: Storage, key: string): Promise<Part | undefined> {
  const { signal } = place
  try {
    const { body } = await storage.get(key, signal ? { signal } : {})
    return await writePart(place, key, body)
  } catch (error) {
    if (error instanceof ObjectNotFound) return undefined
    throw error
  }
}

/** Reads the index and compares every file to it. */
export async function verifyObjects(place: Place, index: Part): Promise<void> {
  await eachLine(place, index, async (line) => {
    if ('part' in line) await verifyPart(place.folder, line.part)
  })
}

/** Puts every file into the storage, where one of the same key is the same file. */
export async function restoreObjects(place: Place, index: Part, storage: Storage): Promise<void> {
  await eachLine(place, index, async (line) => {
    if (!('part' in line)) return
    const { key, contentType, part } = line
    await storage.put(key, readPart(place, part), { contentType })
  })
}

const eachLine = (place: Place, index: Part, work: (line: Line) => Promise<void>) =>
  together(linesOf(readPart(place, index)), (json) => work(parseLine(json, index)))

function parseLine(json: string, { file }: Part): Line {
  const parsed = Line.safeParse(JSON.parse(json))
  if (parsed.success) return parsed.data
  throw new BackupError(`${file} is not an index that this version of Galley reads.`)
}

async function* linesOf(chunks: AsyncIterable<Buffer>) {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/** Some at a time, and no more once one has failed. */
async function together(lines: AsyncIterator<string>, work: (line: string) => Promise<void>) {
  const ended = new AbortController()
  const run = async () => {
    while (!ended.signal.aborted) {
      const next = await lines.next()
      if (next.done) return
      await work(next.value)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, run))
  } finally {
    ended.abort()
    await lines.return?.()
  }
}

const drained = (stream: PassThrough) =>
  new Promise<void>((resolve) => {
    stream.once('drain', resolve).once('close', resolve)
  })
