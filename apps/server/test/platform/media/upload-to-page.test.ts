import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'
import { formOf } from './form.ts'

const on = useApp()
useWorker(on)

test(
  'what is uploaded is ready in a moment, and served in all its sizes',
  { timeout: 60_000 },
  async () => {
    const { asBrowser } = await signUp(on)
    const sent = await on.app.inject({
      method: 'POST',
      url: '/api/v1/media',
      headers: asBrowser,
      payload: formOf(),
    })
    const { id, jobId } = sent.json()
    const look = async () =>
      (await on.app.inject({ url: `/api/v1/media/${id}`, headers: asBrowser })).json()
    await expect.poll(async () => (await look()).state, { timeout: 40_000 }).toBe('ready')
    const job = async () =>
      (await on.app.inject({ url: `/api/v1/jobs/${jobId}`, headers: asBrowser })).json()
    await expect.poll(async () => (await job()).status).toBe('succeeded')
    expect(await job()).toMatchObject({ done: 100, total: 100 })

    const { picture } = await look()
    for (const format of picture.formats) {
      for (const width of picture.widths) {
        const url = `/media/${id}/${width}.${format}`
        const response = await on.app.inject({ url, headers: asBrowser })
        expect([response.statusCode, response.headers['content-type']], url).toEqual([
          200,
          `image/${format}`,
        ])
        expect(response.rawPayload.length).toBe(Number(response.headers['content-length']))
      }
    }
  },
)
