import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { addressesOf, addressesOfSlices } from './addresses.ts'
import { expectNoSpill, insertHostileTexts } from './hostile-texts.ts'

test('no text that is allowed makes a page of a slice scroll sideways, and no page is left out', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const { at, call, readers } = await insertHostileTexts(page, browser, baseURL)
  const addresses = await addressesOfSlices(call)
  expect(Object.keys({ ...addressesOf(at), ...addresses }).toSorted()).toEqual(routes())
  await expectNoSpill(readers, addresses)
})

/** Every address pattern of the web app, so that a new page is measured too. */
function routes(): string[] {
  const file = new URL('../../../web/src/routeTree.gen.ts', import.meta.url)
  const [, list = ''] = /FileRoutesByTo \{(.*?)\n\}/s.exec(readFileSync(file, 'utf8')) ?? []
  return [...list.matchAll(/^ {2}'(.+)':/gm)].map(([, path = '']) => path).toSorted()
}
