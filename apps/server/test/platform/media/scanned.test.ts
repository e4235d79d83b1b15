import { pdfOf } from '@galley/platform/test/pictures'
import { eicar, noClamd, startTestClamd } from '@galley/testing/clamd'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'
import { formOf } from './form.ts'

describe.skipIf(noClamd)(`uploads that ClamAV's daemon looks at${noClamd}`, () => {
  const variables: Record<string, string> = { VIRUS_SCAN_REQUIRED: 'true' }
  let clamd: Awaited<ReturnType<typeof startTestClamd>>
  beforeAll(async () => {
    clamd = await startTestClamd()
    variables.VIRUS_SCAN = clamd.address
  })
  const on = useApp(variables)
  useWorker(on)
  afterAll(() => clamd.kill())

  async function upload(content?: Buffer) {
    const { asBrowser } = await signUp(on)
    const file = content && { content, name: 'paper.pdf', type: 'application/pdf' }
    const sent = await on.app.inject({
      method: 'POST',
      url: '/api/v1/media',
      headers: asBrowser,
      payload: formOf(file),
    })
    expect(sent.statusCode, sent.body).toBeLessThan(300)
    const { id, state } = sent.json()
    expect(state).toBe('quarantined')
    const get = (url: string) => on.app.inject({ url, headers: asBrowser })
    return {
      id,
      view: async () => (await get(`/api/v1/media/${id}`)).json(),
      status: async () => (await get(`/media/${id}`)).statusCode,
    }
  }

  /** What an admin reads of the files that are held back. */
  async function held(id: string) {
    const { asBrowser } = await signUp(on, { role: 'admin' })
    const response = await on.app.inject({ url: '/trpc/media.listHeld', headers: asBrowser })
    const items: { id: string; detail: string }[] = response.json().result.data.items
    return items.find((item) => item.id === id)
  }

  const outcome = { timeout: 40_000 }

  test('what is clean is served', { timeout: 60_000 }, async () => {
    const picture = await upload()
    await expect.poll(async () => (await picture.view()).state, outcome).toBe('ready')
    expect(await picture.status()).toBe(200)
  })

  test('EICAR is refused, never served, and an admin reads why', { timeout: 60_000 }, async () => {
    const file = await upload(pdfOf(`/Note(${eicar})`))
    expect(await file.status()).toBe(404)
    await expect.poll(async () => (await file.view()).state, outcome).toBe('refused')
    expect(await file.view()).toMatchObject({ reason: 'media/infected' })
    expect(await file.status()).toBe(404)
    expect(await held(file.id)).toMatchObject({ detail: expect.stringContaining(clamd.signature) })
  })

  test(
    'what cannot be scanned stays in quarantine, and an admin reads why',
    { timeout: 60_000 },
    async () => {
      await clamd.kill()
      const file = await upload()
      await expect.poll(async () => (await file.view()).reason, outcome).toBe('media/scan-pending')
      expect(await file.view()).toMatchObject({ state: 'quarantined' })
      expect(await file.status()).toBe(404)
      expect(await held(file.id)).toMatchObject({ detail: expect.stringMatching(/./) })
    },
  )
})
