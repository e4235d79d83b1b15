import { open } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { FileRefused, type FileInfo, type FileKind, type PictureInfo } from './images.ts'
import { refuseLargeMetadata } from './metadata.ts'
import { refuseActivePdf } from './pdf.ts'

/** All frames together, since all are decoded. An AVIF is decoded as a whole, and takes 16 bytes for each. */
const MAX_PIXELS = { jpeg: 40e6, png: 40e6, webp: 40e6, gif: 40e6, avif: 11.5e6 }
const MAX_SIDE = 20_000
const MAX_FRAMES = 1000

/** Enough to know a file by: some have a profile of colours in front of what tells them apart. */
const HEAD_BYTES = 256 * 1024

const kindByMime: Record<string, FileKind> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
}

/** What the file is by its content. Runs in the process for pictures. Throws FileRefused. */
export async function inspectFile(file: string, declaredMime?: string): Promise<FileInfo> {
  const head = await headOf(file)
  const mime = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime
  const kind = mime === undefined ? undefined : kindByMime[mime]
  if (mime === undefined || kind === undefined) throw refusalOf(mime, head)
  refuseOtherType(mime, declaredMime)
  if (kind === 'pdf') {
    await refuseActivePdf(file)
    return { kind, mime }
  }
  if (kind === 'avif' && isSequence(head)) throw animated('AVIF')
  if (kind === 'png' || kind === 'webp') refuseLargeMetadata(file, kind)
  return inspectPicture(file, kind, mime)
}

async function inspectPicture(
  file: string,
  kind: PictureInfo['kind'],
  mime: string,
): Promise<PictureInfo> {
  // Without a limit of its own, so that ours says what is wrong; only the headers are read.
  const found = await sharp(file, { limitInputPixels: false }).metadata().catch(refuseBroken)
  const { width, height } = found.autoOrient
  const frames = kind === 'avif' ? 1 : (found.pages ?? 1)
  if (frames > MAX_FRAMES) {
    throw new FileRefused('frames', `This picture has ${frames} frames; ${MAX_FRAMES} is the most.`)
  }
  if (width > MAX_SIDE || height > MAX_SIDE) {
    const is = `This picture is ${width} × ${height} pixels`
    throw new FileRefused('pixels', `${is}; ${MAX_SIDE} on each side is the most.`)
  }
  const most = MAX_PIXELS[kind]
  if (width * height * frames > most) {
    const size = `${width} × ${height} pixels${frames > 1 ? ` × ${frames} frames` : ''}`
    throw new FileRefused(
      'pixels',
      `This picture has ${size}; ${most / 1e6} million in all is the most.`,
    )
  }
  // One small copy shows whether all of it can be read.
  await sharp(file, { failOn: 'error' }).resize(32, 32).raw().toBuffer().catch(refuseBroken)
  return { kind, mime, width, height, frames }
}

async function headOf(file: string): Promise<Uint8Array> {
  await using handle = await open(file, 'r')
  const { buffer, bytesRead } = await handle.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer.subarray(0, bytesRead)
}

function refusalOf(mime: string | undefined, head: Uint8Array): FileRefused {
  if (mime === 'image/apng') return animated('PNG')
  const text = Buffer.from(head.subarray(0, 4096)).toString('latin1')
  if (/<svg[\s>/]/i.test(text)) {
    return new FileRefused('svg', 'SVG pictures may hold scripts. Send it as PNG, WebP or AVIF.')
  }
  const what = mime === undefined ? 'Files of this type' : `Files of type ${mime}`
  return new FileRefused('type', `${what} are not taken. Send a JPEG, PNG, WebP, AVIF, GIF or PDF.`)
}

/** What a browser does not know it declares as bytes. */
function refuseOtherType(mime: string, declaredMime = 'application/octet-stream') {
  const [type = ''] = declaredMime.toLowerCase().split(';', 1)
  const declared = type.trim() === 'image/jpg' ? 'image/jpeg' : type.trim()
  if (declared === 'application/octet-stream' || declared === mime) return
  throw new FileRefused(
    'mismatch',
    `This file was sent as ${declared.slice(0, 100)}, but it is ${mime}.`,
  )
}

/** The brands of an ISO file (ISO/IEC 14496-12, 4.3): `avis` is AVIF that moves, of which only one picture would be left. */
function isSequence(head: Uint8Array): boolean {
  const bytes = Buffer.from(head)
  const end = Math.min(bytes.readUInt32BE(0), 256)
  for (let at = 8; at < end; at += 4) {
    if (bytes.toString('latin1', at, at + 4) === 'avis') return true
  }
  return false
}

const animated = (kind: string) =>
  new FileRefused('animation', `Animated ${kind} is not taken. Send it as GIF or animated WebP.`)

export function refuseBroken(cause: unknown): never {
  throw new FileRefused('broken', 'This picture is cut off or broken.', { cause })
}
