import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { pngOf } from '@galley/platform/test/pictures'
import type { Site } from './site.ts'
import type { Writer } from './writes.ts'

export type Upload = {
  /** Sends the rest; resolves to the id of what was taken, or to why it was not. */
  finish(): Promise<{ id: string } | { failure: string }>
  /** Resolves when its connection has ended, whatever came of it. */
  over: Promise<unknown>
}

/** An upload of which the first half is on its way. */
export function beginUpload({ origin, publicOrigin }: Site, { cookie }: Writer): Upload {
  const boundary = randomUUID()
  const content = Buffer.from(pngOf(350, 200))
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`
  const half = Math.floor(content.length / 2)
  const sent = request(`${origin}/api/v1/media`, {
    method: 'POST',
    agent: false,
    headers: {
      cookie,
      origin: publicOrigin,
      'sec-fetch-site': 'same-origin',
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
  })
  const answered = new Promise<{ id: string } | { failure: string }>((resolve) => {
    sent.once('error', (error) => resolve({ failure: error.message }))
    sent.once('response', (response) => {
      text(response).then(
        (body) => resolve(response.statusCode === 201 ? JSON.parse(body) : { failure: body }),
        (error: unknown) => resolve({ failure: String(error) }),
      )
    })
  })
  const over = new Promise((resolve) => sent.once('close', resolve))
  sent.write(head)
  sent.write(content.subarray(0, half))
  return {
    over,
    finish() {
      sent.end(Buffer.concat([content.subarray(half), Buffer.from(`\r\n--${boundary}--\r\n`)]))
      return answered
    },
  }
}
