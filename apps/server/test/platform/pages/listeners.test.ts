import { expect, test, vi } from 'vitest'
import { useWebApp } from './web-app.ts'

const { on, web } = useWebApp({}, { measured: true })

test('a page that is measured and traced brings no warning of too many listeners', async () => {
  const warned = vi.fn<(warning: Error) => void>()
  process.on('warning', warned)
  try {
    const origin = await on.app.listen({ port: 0 })
    const text = '<p>a long page</p>'.repeat(100_000)
    web.answer = () => new Response(text, { headers: { 'content-type': 'text/html' } })
    const headers = { 'accept-encoding': 'gzip' }
    expect(await (await fetch(`${origin}/`, { headers })).text()).toBe(text)
  } finally {
    process.off('warning', warned)
  }
  expect(warned.mock.calls).toEqual([])
})
