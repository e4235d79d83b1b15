import { closeSync, openSync, readSync } from 'node:fs'
import { FileRefused } from './images.ts'

const MAX_BYTES = 4_000_000
const MAX_CHUNKS = 50_000

/** What holds pixels, in chunks of PNG (its specification, 5.3) and of WebP (RFC 9649, 2.3). */
const pixels = new Set(['IDAT', 'VP8 ', 'VP8L', 'ANMF', 'ALPH'])

/**
 * Throws FileRefused for metadata that would be copied a few times before anybody could look. Other kinds bound theirs
 * themselves. Runs in the process for pictures.
 */
export function refuseLargeMetadata(file: string, kind: 'png' | 'webp') {
  const descriptor = openSync(file, 'r')
  try {
    const chunks = kind === 'png' ? chunksOfPng(descriptor) : chunksOfWebp(descriptor)
    let count = 0
    for (const { type, length } of chunks) {
      count += 1
      if (count > MAX_CHUNKS || (length > MAX_BYTES && !pixels.has(type))) {
        throw new FileRefused('complex', 'This picture holds too much besides its pixels.')
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

function* chunksOfPng(descriptor: number) {
  const head = Buffer.alloc(8)
  for (let position = 8; readSync(descriptor, head, 0, 8, position) === 8;) {
    const [length, type] = [head.readUInt32BE(0), head.toString('latin1', 4)]
    if (type === 'IEND') return
    yield { type, length }
    position += length + 12
  }
}

function* chunksOfWebp(descriptor: number) {
  const head = Buffer.alloc(8)
  readSync(descriptor, head, 0, 8, 0)
  const end = head.readUInt32LE(4) + 8
  for (let position = 12; position < end && readSync(descriptor, head, 0, 8, position) === 8;) {
    const [type, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)]
    yield { type, length }
    position += length + (length % 2) + 8
  }
}
