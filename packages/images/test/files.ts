import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll } from 'vitest'

/** A folder of this test file's own. */
export function useFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-images-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let last = 0
  return {
    folder,
    async write(content: Buffer | string): Promise<string> {
      const file = path.join(folder, `file-${(last += 1)}`)
      await writeFile(file, content)
      return file
    },
  }
}

/** A picture that does not compress to nothing. */
export const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#345678',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })

/** Some frames of which each differs from the one before. */
export async function moving(width: number, height: number, frames: number) {
  const pictures = Array.from({ length: frames }, () => noise(width, height).png().toBuffer())
  return sharp(await Promise.all(pictures), { join: { animated: true } })
}
