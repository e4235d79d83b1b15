import { Readable } from 'node:stream'
import type { MediaFields, MediaView } from '@galley/contract/platform/media'
import type { AuthedCtx } from '../src/ctx.ts'
import { receiveMedia } from '../src/media/receive.ts'
import { acceptMedia } from '../src/media/upload.ts'
import { pngOf } from './pictures.ts'

type Sent = { content?: Buffer; fileName?: string; mime?: string; fields?: MediaFields }

/** Uploads a file as the route does. */
export async function upload(
  ctx: AuthedCtx,
  {
    content = pngOf(350, 200),
    fileName = 'picture.png',
    mime = 'image/png',
    fields = {},
  }: Sent = {},
): Promise<MediaView> {
  const length = content.length + 500
  await using received = await receiveMedia(ctx, {
    fileName,
    mime,
    length,
    body: Readable.from([content]),
  })
  return await acceptMedia(ctx, received, fields)
}
