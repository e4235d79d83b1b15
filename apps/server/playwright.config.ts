import { fileURLToPath } from 'node:url'
import { defineConfig, type ReporterDescription } from '@playwright/test'
import { findChromium } from './e2e/chromium.ts'
import { leaksFile } from './e2e/leaks-file.ts'

export const webServer = {
  command: 'node e2e/serve.ts',
  wait: { stdout: /Galley for tests at (?<galley_origin>\S+), mail at (?<galley_mail>\S+)/ },
  gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  timeout: 120_000,
  stdout: 'pipe',
} as const

export function reporters(name: string): ReporterDescription[] {
  const file = fileURLToPath(new URL(`.reports/${name}.json`, import.meta.url))
  return [['list'], ['@galley/testing/playwright-reporter', { file, leaks: leaksFile(name) }]]
}

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  workers: 2,
  forbidOnly: true,
  reporter: reporters('e2e'),
  timeout: 90_000,
  // Long enough for a machine that is busy: what hangs is found all the same.
  expect: { timeout: 20_000 },
  use: {
    baseURL: process.env.GALLEY_ORIGIN,
    launchOptions: await findChromium(),
    // Without screenshots, which cost a fifth of the browser's time: the trace has the document at each step.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  webServer,
})
