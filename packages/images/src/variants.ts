import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { FileRefused, type PictureInfo, type Variant, type Variants } from './images.ts'
import { inspectFile, refuseBroken } from './inspect.ts'

const WIDTHS = [320, 640, 960, 1280, 1600, 2000, 2400]
/**
 * Nothing is shown larger: memory to encode goes with it, up to 42 bytes for a pixel with alpha, and for those of a picture
 * that moves there are four more frames in memory.
 */
const MAX_PIXELS = { opaque: 6_000_000, alpha: 4_000_000, moving: 2_500_000 }
/** WebP ends at 16,383. */
const MAX_HEIGHT = 12_000

type Format = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif'

/** The size of an AVIF hardly changes from effort 2 to 4, the time tenfold. */
const encoders: Record<Format, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 80, mozjpeg: true }),
  png: (picture) => picture.png({ compressionLevel: 9 }),
  webp: (picture) => picture.webp({ quality: 80 }),
  avif: (picture) => picture.avif({ quality: 55, effort: 2, chromaSubsampling: '4:2:0' }),
  gif: (picture) => picture.gif({ effort: 4 }),
}

/** Runs in the process for pictures, one at a time. Looks at the file itself: it may be another than was looked at before. */
export async function makeVariants(
  file: string,
  folder: string,
  onProgress: (part: number) => void,
): Promise<Variants> {
  const info = await inspectFile(file)
  if (info.kind === 'pdf') throw new FileRefused('type', 'A PDF is not a picture.')
  const widths = widthsOf(info, await mostPixels(file, info))
  const formats = formatsOf(info)
  const source = info.frames > 1 ? moving(file) : await stillOf(file, Math.max(...widths))
  const variants: Variant[] = []
  for (const width of widths) {
    for (const format of formats) {
      const name = `${width}.${format}`
      // Into memory first: a disk that is full is no fault of the picture.
      const { data, info: made } = await encoders[format](source().resize({ width }))
        .toBuffer({ resolveWithObject: true })
        .catch(refuseBroken)
      await writeFile(path.join(folder, name), data)
      const height = made.height / (made.pages ?? 1)
      variants.push({ name, mime: `image/${format}`, width, height, size: data.byteLength })
      onProgress(variants.length / (widths.length * formats.length))
    }
  }
  return { variants, thumbhash: await thumbhashOf(source) }
}

async function mostPixels(file: string, { frames }: PictureInfo): Promise<number> {
  if (frames > 1) return MAX_PIXELS.moving
  const { hasAlpha } = await sharp(file).metadata().catch(refuseBroken)
  return hasAlpha ? MAX_PIXELS.alpha : MAX_PIXELS.opaque
}

/** The steps below its own width, and that width or the last step: nothing is enlarged. */
function widthsOf({ width, height }: PictureInfo, most: number): number[] {
  const byPixels = Math.sqrt((most * width) / height)
  const byHeight = (MAX_HEIGHT * width) / height
  const widest = Math.max(1, Math.floor(Math.min(width, 2400, byPixels, byHeight)))
  return [...WIDTHS.filter((step) => step < widest), widest]
}

/** AVIF does not move here. The original kind comes last: it is what a browser falls back on. */
function formatsOf({ kind, frames }: PictureInfo): Format[] {
  const formats: Format[] = frames > 1 ? ['webp', kind] : ['avif', 'webp', kind]
  return formats.filter((format, at) => formats.lastIndexOf(format) === at)
}

/** The picture in its largest size, decoded once; in sRGB, since a profile of colours is applied and left off. */
async function stillOf(file: string, width: number): Promise<() => Sharp> {
  const { data, info } = await sharp(file, { failOn: 'error' })
    .autoOrient()
    .resize({ width })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(refuseBroken)
  const { channels, height } = info
  return () => sharp(data, { raw: { width: info.width, height, channels } })
}

const moving = (file: string) => () => sharp(file, { animated: true, failOn: 'error' })

/** https://evanw.github.io/thumbhash/, of the first frame. */
async function thumbhashOf(source: () => Sharp): Promise<string> {
  const first = await source().resize({ width: 100 }).png().toBuffer()
  const { data, info } = await sharp(first)
    .resize(100, 100, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}
