import { toOperation, type RestOperation } from '@galley/api-tools/rest'
import { describeSlice } from '@galley/api/docs'
import { aboutMedia, arrivedMedia } from '@galley/api/routers/platform/media.docs'
import { MediaView, UploadMedia } from '@galley/contract/platform/media'

const docs = describeSlice(
  { about: aboutMedia },
  {
    upload: {
      summary: 'Upload a file',
      description:
        'A form with one `file`: JPEG, PNG, WebP, AVIF, GIF or PDF, of the type that its part declares. It is looked at in the background: ask for it until it is `ready`.',
      refusals: [
        'request/form-required',
        'media/too-large',
        'media/quota-exceeded',
        'media/unsupported-type',
        'media/svg-refused',
        'media/type-mismatch',
        'media/too-many-pixels',
        'media/too-many-frames',
        'media/animation-unsupported',
        'media/unreadable',
        'media/active-content',
        'storage/unavailable',
      ],
      examples: [
        {
          summary: 'A picture',
          body: { alt: arrivedMedia.alt, caption: arrivedMedia.caption, file: '(its bytes)' },
          response: arrivedMedia,
        },
      ],
    },
  },
)

/** The one upload that is no procedure: a file is streamed, and JSON is not. */
export const uploadOperation: RestOperation = toOperation({
  name: 'media.upload',
  kind: 'mutation',
  rest: {
    method: 'POST',
    path: '/media',
    status: 201,
    location: '/media/{id}',
    multipart: true,
  },
  meta: { access: 'signed-in', scope: 'media:write', cost: 10, docs: docs.upload },
  input: UploadMedia,
  output: MediaView,
})
