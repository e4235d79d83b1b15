import { beforeAll, expect, test } from 'vitest'
import { seriesOf, sumOf } from '../metrics/exposition.ts'
import { useWebApp } from './web-app.ts'

const { on } = useWebApp({}, { measured: true })

let origin = ''
beforeAll(async () => {
  origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
})

test('requests of pages are counted by the route of the page, not by the address; files are one', async () => {
  const paths = ['/people/ann', '/people/bob?tab=1', '/elsewhere', '/icon.svg']
  for (const path of paths) {
    await (await fetch(origin + path, { headers: { accept: 'text/html,*/*' } })).text()
  }
  const series = await seriesOf(on.metrics())
  const requests = (http_route: string) =>
    sumOf(series, 'http_server_request_duration_seconds_count', { http_route })
  expect(['/people/$name', '/*', '/{file}'].map(requests)).toEqual([2, 1, 1])
})
