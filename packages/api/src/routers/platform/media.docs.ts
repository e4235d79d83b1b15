import type { MediaView } from '@galley/contract/platform/media'
import { describeSlice } from '../../docs.ts'

const id = '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b80'

export const exampleMedia: MediaView = {
  id,
  kind: 'image',
  state: 'ready',
  reason: null,
  mime: 'image/jpeg',
  fileName: 'orchard.jpg',
  bytes: 482_113,
  alt: 'Apple trees in a row, in blossom.',
  decorative: false,
  caption: 'The old orchard in May.',
  url: `/media/${id}`,
  picture: {
    id,
    alt: 'Apple trees in a row, in blossom.',
    decorative: false,
    caption: 'The old orchard in May.',
    width: 1600,
    height: 900,
    thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
    widths: [320, 640, 960, 1280, 1600],
    formats: ['avif', 'webp', 'jpeg'],
  },
  jobId: null,
  useCount: 1,
  removedAt: null,
  createdAt: '2026-03-20T12:00:00.000Z',
}

/** The same right after it has arrived. */
export const arrivedMedia: MediaView = {
  ...exampleMedia,
  state: 'quarantined',
  picture: null,
  jobId: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b81',
  useCount: 0,
}

const announced = {
  fileName: 'orchard.jpg',
  mime: 'image/jpeg',
  bytes: 482_113,
  alt: exampleMedia.alt,
} as const

export const aboutMedia =
  'Pictures and documents: upload them, describe them, find them again. They are served under `/media`.'

export const docs = describeSlice(
  { about: aboutMedia },
  {
    list: {
      summary: 'List your files',
      description:
        'Newest first unless `sort` says otherwise. `query` is looked for in file names, alternative texts and captions, `used` tells those that something uses from the rest.',
      examples: [
        {
          summary: 'Pictures with trees',
          query: { query: 'trees', kind: 'image', limit: 1 },
          response: { items: [exampleMedia], page: { nextCursor: null } },
        },
      ],
    },
    quota: {
      summary: 'How much room you have',
      description: 'For files together, and for one.',
      examples: [
        {
          summary: 'Most of it is free',
          response: {
            usedBytes: 482_113,
            limitBytes: 1_073_741_824,
            maxFileBytes: 20_971_520,
            types: [
              'image/jpeg',
              'image/png',
              'image/webp',
              'image/avif',
              'image/gif',
              'application/pdf',
            ],
            directUpload: false,
          },
        },
      ],
    },
    get: {
      summary: 'Look at a file',
      description:
        'How far it is: `uploading`, `quarantined` until it was scanned, `processing`, then `ready`, or `refused` with a `reason`.',
      refusals: ['media/not-found'],
      examples: [{ summary: 'A picture', path: { id }, response: exampleMedia }],
    },
    uses: {
      summary: 'Where a file is used',
      description:
        'Last first unless `sort` says otherwise. What others use it in, and the caller may not see, is counted in `total` alone.',
      refusals: ['media/not-found'],
      examples: [
        {
          summary: 'In one article',
          path: { id },
          response: {
            items: [
              {
                subject: {
                  kind: 'article',
                  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b10',
                  title: 'Rain in the orchard',
                },
                isPublic: true,
              },
            ],
            page: { nextCursor: null },
          },
        },
      ],
    },
    createUpload: {
      summary: 'Prepare a direct upload',
      description:
        'Where the site keeps files in S3: returns an address to send the file to, by PUT with the headers that come with it, within 15 minutes. Then complete it. Sent again with its `Idempotency-Key`, it has a new address, for half an hour and until the file has arrived.',
      refusals: [
        'media/upload-over',
        'media/direct-upload-unsupported',
        'media/too-large',
        'media/quota-exceeded',
        'storage/unavailable',
      ],
      examples: [
        {
          summary: 'A picture',
          body: announced,
          response: {
            media: { ...arrivedMedia, state: 'uploading', jobId: null },
            upload: {
              url: 'https://files.example/galley/media/upload?X-Amz-Signature=abc',
              method: 'PUT',
              headers: { 'content-type': 'image/jpeg' },
              expiresAt: '2026-03-20T12:15:00.000Z',
            },
          },
        },
      ],
    },
    completeUpload: {
      summary: 'Complete a direct upload',
      description:
        'The file is looked at from now on. May be repeated. One that has not arrived, or is of another size, is refused: its state says so.',
      refusals: ['media/not-found'],
      examples: [{ summary: 'A picture', path: { id }, response: arrivedMedia }],
    },
    update: {
      summary: 'Describe a file',
      description:
        'Its alternative text, its caption, or that it needs none. Fields that are not sent stay. A picture that everybody sees cannot be left without either: the refusal names where.',
      refusals: ['media/not-found', 'media/alt-missing'],
      examples: [
        {
          summary: 'Another text',
          path: { id },
          body: { alt: 'Apple trees.' },
          response: {
            ...exampleMedia,
            alt: 'Apple trees.',
            picture: exampleMedia.picture && { ...exampleMedia.picture, alt: 'Apple trees.' },
          },
        },
      ],
    },
    delete: {
      summary: 'Delete a file',
      description:
        'One in use is only deleted with `force`, and will be missing there: the refusal names where.',
      refusals: ['media/not-found', 'media/in-use'],
      examples: [{ summary: 'In use or not', path: { id }, query: { force: true } }],
    },
  },
)
