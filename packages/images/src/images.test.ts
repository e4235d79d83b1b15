import { mkdtemp, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { gifOf, pngOf } from '../test/bombs.ts'
import { moving, noise, useFolder } from '../test/files.ts'
import { createImages } from './create-images.ts'

const { folder, write } = useFolder()
const images = createImages()
afterAll(() => images[Symbol.asyncDispose]())

const inspect = async (content: Buffer | string, declaredMime?: string) =>
  images.inspect(await write(content), { declaredMime })

const refused = (reason: string, message: RegExp) =>
  expect.objectContaining({ name: 'FileRefused', reason, message: expect.stringMatching(message) })

async function makeVariants(content: Buffer) {
  const into = await mkdtemp(path.join(folder, 'variants-'))
  const progress: number[] = []
  const made = await images.makeVariants(await write(content), {
    folder: into,
    onProgress: (part) => progress.push(part),
  })
  return { ...made, progress, fileOf: (name: string) => path.join(into, name) }
}

describe('what a file is', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('%s by its content', async (kind) => {
    const content = await noise(60, 40).toFormat(kind).toBuffer()
    const mime = `image/${kind}`
    const found = { kind, mime, width: 60, height: 40, frames: 1 }
    expect(await inspect(content)).toEqual(found)
    expect(await inspect(content, `IMAGE/${kind}; q=1`)).toEqual(found)
    expect(await inspect(content, 'application/octet-stream')).toEqual(found)
  })

  test('a PDF', async () => {
    const pdf = '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n'
    expect(await inspect(pdf, 'application/pdf')).toEqual({ kind: 'pdf', mime: 'application/pdf' })
  })

  test('a picture that is turned by its metadata is as large as it is shown', async () => {
    const content = await noise(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await inspect(content, 'image/jpg')).toMatchObject({ width: 40, height: 60 })
  })

  test('frames are counted', async () => {
    expect(await inspect(await (await moving(30, 20, 3)).gif().toBuffer())).toMatchObject({
      height: 20,
      frames: 3,
    })
    expect(await inspect(await (await moving(30, 20, 4)).webp().toBuffer())).toMatchObject({
      height: 20,
      frames: 4,
    })
  })

  test.each([
    ['nothing', '', 'type', /^Files of this type are not taken/],
    ['text', 'hello', 'type', /^Files of this type are not taken/],
    ['HTML', '<html><script>alert(1)</script></html>', 'type', /not taken/],
    ['a BMP', `BM${'\0'.repeat(60)}`, 'type', /^Files of type image\/bmp are not taken/],
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'svg',
      /^SVG pictures may hold scripts/,
    ],
    ['an SVG in XML', '<?xml version="1.0"?>\n<!-- a --><svg/>', 'svg', /scripts/],
    ['a PDF with HTML in front', '<script>1</script>%PDF-1.7\n', 'type', /not taken/],
    ['a PDF that runs a script', '%PDF-1.7\n<</S/JavaScript/JS(app.alert(1))>>', 'active', /runs/],
    ['one that hides it', '%PDF-1.7\n<</S /J#61v#41Script/JS(1)>>', 'active', /runs/],
    ['one late in the file', `%PDF-1.7\n${' '.repeat((1 << 20) - 15)}/Launch `, 'active', /runs/],
    ['a PNG that moves', pngOf({ width: 9, height: 9 }, actl()), 'animation', /Animated PNG/],
    ['an AVIF that moves', ftyp('avis'), 'animation', /Animated AVIF/],
    ['a head without a body', '\xff\xd8\xff\xe0\x00\x10JFIF', 'broken', /cut off or broken/],
  ])('refuses %s', async (_, content, reason, message) => {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
    await expect(inspect(bytes)).rejects.toEqual(refused(reason, message))
  })

  test('refuses what is of another type than was declared', async () => {
    const png = await noise(9, 9).png().toBuffer()
    await expect(inspect(png, 'image/jpeg')).rejects.toEqual(
      refused('mismatch', /^This file was sent as image\/jpeg, but it is image\/png\.$/),
    )
    await expect(inspect(png, 'text/html')).rejects.toEqual(refused('mismatch', /text\/html/))
    await expect(inspect('%PDF-1.7\n', 'image/png')).rejects.toEqual(refused('mismatch', /pdf/))
  })

  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('refuses half a %s', async (kind) => {
    const content = await noise(200, 150).toFormat(kind, { effort: 1 }).toBuffer()
    const half = content.subarray(0, content.byteLength / 2)
    await expect(inspect(half)).rejects.toEqual(refused('broken', /cut off or broken/))
  })

  test('a file that is not there is no fault of the file', async () => {
    const nothing = images.inspect(path.join(folder, 'nothing'))
    await expect(nothing).rejects.toMatchObject({ name: 'ImagesUnavailable' })
  })
})

describe('variants', () => {
  test('are in all steps up to 2400, as AVIF, WebP and the original kind', async () => {
    const { variants, progress, fileOf, thumbhash } = await makeVariants(
      await noise(2500, 250).jpeg().toBuffer(),
    )
    const widths = [320, 640, 960, 1280, 1600, 2000, 2400]
    expect(variants.map(({ name }) => name)).toEqual(
      widths.flatMap((width) => [`${width}.avif`, `${width}.webp`, `${width}.jpeg`]),
    )
    for (const { name, mime, width, height, size } of variants) {
      const found = await images.inspect(fileOf(name), { declaredMime: mime })
      expect(found).toMatchObject({ width, height, frames: 1 })
      expect(height).toBe(width / 10)
      expect((await stat(fileOf(name))).size).toBe(size)
    }
    expect(progress).toEqual(Array.from({ length: 21 }, (_, at) => (at + 1) / 21))
    expect(Buffer.from(thumbhash, 'base64').byteLength).toBeGreaterThan(4)
  })

  test.each([
    [700, 500, [320, 640, 700]],
    [640, 480, [320, 640]],
    [20, 10, [20]],
    // Nothing is shown with more than 6 million pixels, or higher than 12,000.
    [2600, 3900, [320, 640, 960, 1280, 1600, 2000]],
    [100, 19_000, [63]],
  ])('%s × %s is never enlarged: %j', async (width, height, expected) => {
    const { variants } = await makeVariants(pngOf({ width, height }))
    expect([...new Set(variants.map((variant) => variant.width))]).toEqual(expected)
    expect(variants.filter(({ name }) => name.endsWith('.png'))).toHaveLength(expected.length)
  })

  test('are turned upright, and hold no metadata', async () => {
    const content = await noise(400, 200)
      .withExif({ IFD0: { Copyright: 'a secret' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(content.includes('a secret')).toBe(true)
    const { variants, fileOf } = await makeVariants(content)
    expect(variants.at(-1)).toMatchObject({ name: '200.jpeg', width: 200, height: 400 })
    for (const { name } of variants) {
      const { exif, icc, xmp, orientation } = await sharp(fileOf(name)).metadata()
      expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
      expect((await readFile(fileOf(name))).includes('a secret')).toBe(false)
    }
  })

  test('have the colours of the profile, in sRGB', async () => {
    const red = sharp({ create: { width: 50, height: 50, channels: 3, background: '#c83232' } })
    const content = await red.withIccProfile('p3').png().toBuffer()
    expect((await sharp(content, { ignoreIcc: true }).raw().toBuffer())[0]).not.toBe(200)
    const { fileOf } = await makeVariants(content)
    const [r = 0, g = 0, b = 0] = await sharp(fileOf('50.png')).raw().toBuffer()
    expect(Math.abs(r - 200) + Math.abs(g - 50) + Math.abs(b - 50)).toBeLessThan(8)
  })

  test.each([
    ['gif', 'webp', 'gif'],
    ['webp', 'webp', undefined],
  ] as const)('a %s that moves stays moving', async (kind, first, second) => {
    const content = await (
      await moving(400, 300, 3)
    )
      .toFormat(kind, { delay: [70, 80, 90] })
      .toBuffer()
    const { variants, fileOf } = await makeVariants(content)
    const kinds = second === undefined ? [first] : [first, second]
    expect(variants.map(({ name }) => name)).toEqual(
      [320, 400].flatMap((width) => kinds.map((one) => `${width}.${one}`)),
    )
    for (const { name, width, height } of variants) {
      expect(height).toBe((width * 3) / 4)
      const { pages, delay } = await sharp(fileOf(name), { animated: true }).metadata()
      expect([pages, delay]).toEqual([3, [70, 80, 90]])
    }
  })

  test('alpha, grey, CMYK and 16 bits go in', async () => {
    const base = noise(40, 30)
    const contents = [
      await base.clone().ensureAlpha(0.5).png().toBuffer(),
      await base.clone().greyscale().jpeg().toBuffer(),
      await base.clone().toColourspace('cmyk').jpeg().toBuffer(),
      await base.clone().toColourspace('rgb16').png().toBuffer(),
      gifOf(1),
    ]
    for (const content of contents) expect((await makeVariants(content)).variants).not.toEqual([])
  })

  test('what follows the picture, or is hidden in it, is in none of them', async () => {
    const html = '<html><script>alert(1)</script></html>'
    const hidden = { type: 'tEXt', data: Buffer.from(`comment\0${html}`) }
    const content = Buffer.concat([pngOf({ width: 30, height: 20 }, hidden), Buffer.from(html)])
    const { variants, fileOf } = await makeVariants(content)
    for (const { name } of variants) {
      expect((await readFile(fileOf(name))).includes('script')).toBe(false)
    }
  })

  test('a PDF has none', async () => {
    await expect(makeVariants(Buffer.from('%PDF-1.7\n'))).rejects.toEqual(refused('type', /PDF/))
  })

  test('a folder that cannot be written is no fault of the picture', async () => {
    const file = await write(pngOf({ width: 9, height: 9 }))
    const made = images.makeVariants(file, { folder: path.join(folder, 'nowhere') })
    await expect(made).rejects.toMatchObject({ name: 'ImagesUnavailable', code: 'ENOENT' })
  })
})

/** What makes a PNG move: it says how many frames there are. */
function actl() {
  return { type: 'acTL', data: Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]) }
}

function ftyp(brand: string) {
  return Buffer.from(`\0\0\0\x1cftyp${brand}\0\0\0\0${brand}msf1miaf`, 'latin1')
}
