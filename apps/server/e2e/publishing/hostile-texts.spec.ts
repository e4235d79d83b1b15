import { test } from '@playwright/test'
import { addressesOf } from './addresses.ts'
import { expectNoSpill, insertHostileTexts } from './hostile-texts.ts'

test('no text that is allowed makes any page scroll sideways', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const { at, readers } = await insertHostileTexts(page, browser, baseURL)
  await expectNoSpill(readers, addressesOf(at))
})
