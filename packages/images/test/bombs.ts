import { crc32, deflateSync } from 'node:zlib'

type Chunk = { type: string; data: Buffer }

/** A PNG of one colour, whose pixels no more than claim to be there. `before` stands between header and pixels. */
export function pngOf(
  { width, height, bits = 8, interlaced = false }: PngSize,
  ...before: Chunk[]
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bits, bits === 8 ? 2 : 0, 0, 0, interlaced ? 1 : 0], 8)
  const row = 1 + (bits === 8 ? width * 3 : Math.ceil(width / 8))
  // An interlaced picture has a few bytes more for the rows of its passes.
  const pixels = Buffer.alloc(row * height + (interlaced ? 8 * height : 0))
  const chunks = [
    { type: 'IHDR', data: header },
    ...before,
    { type: 'IDAT', data: deflateSync(pixels, { level: 9 }) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks.map(toBytes)])
}

type PngSize = { width: number; height: number; bits?: 1 | 8; interlaced?: boolean }

function toBytes({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const bytes = Buffer.alloc(body.byteLength + 8)
  bytes.writeUInt32BE(data.byteLength)
  body.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(body), body.byteLength + 4)
  return bytes
}

/** A GIF of so many frames of one pixel. */
export function gifOf(frames: number): Buffer {
  const header = 'GIF89a\x64\x00\x64\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff'
  const frame =
    '\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00'
  return Buffer.from(`${header}${frame.repeat(frames)}\x3b`, 'latin1')
}

/** A chunk that unpacks to so many bytes. */
export const packedChunk = (type: 'iCCP' | 'zTXt', bytes: number): Chunk => ({
  type,
  data: Buffer.concat([Buffer.from('name\0\0'), deflateSync(Buffer.alloc(bytes))]),
})
