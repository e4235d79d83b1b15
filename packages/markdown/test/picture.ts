import type { Picture } from '../src/rendered.ts'

export const pictureId = '01980000-0000-7000-8000-00000000000a'

const files = (kind: string) =>
  [640, 1280, 1600].map((width) => ({ url: `/media/${pictureId}/${width}.${kind}`, width }))

export const examplePicture = (different: Partial<Picture> = {}): Picture => ({
  width: 1600,
  height: 900,
  alt: null,
  sources: [
    { type: 'image/avif', files: files('avif') },
    { type: 'image/jpeg', files: files('jpeg') },
  ],
  ...different,
})
