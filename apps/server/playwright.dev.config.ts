import { defineConfig } from '@playwright/test'
import production, { reporters, webServer } from './playwright.config.ts'

/** What a visitor does first, under `pnpm dev`: pages are compiled when they are first asked for. */
export default defineConfig({
  ...production,
  testMatch: ['sign-up.spec.ts', 'main-job.spec.ts'],
  reporter: reporters('e2e-dev'),
  // Its own: each run empties it when it begins, and they go side by side.
  outputDir: 'test-results/e2e-dev',
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  webServer: { ...webServer, command: 'node e2e/serve-dev.ts', timeout: 180_000 },
})
