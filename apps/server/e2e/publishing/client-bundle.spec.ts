import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { newPerson, signUp } from '../steps.ts'

declare const callGalley: (title: string) => Promise<unknown>

const bundler = fileURLToPath(
  new URL('../../../../packages/client/test/publishing/bundle.ts', import.meta.url),
)

test('the client package works in a browser, as the person who is signed in', async ({ page }) => {
  const person = newPerson('Bundle')
  await signUp(page, person)
  const bundle = execFileSync(process.execPath, [bundler], { encoding: 'utf8' })
  expect(bundle).not.toMatch(/require\(|node:/)
  await page.evaluate(bundle)
  expect(await page.evaluate(() => callGalley('From a bundle'))).toEqual({
    name: person.name,
    listed: 3,
    title: 'From a bundle',
    refused: true,
  })
})
