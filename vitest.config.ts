import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const packages = readdirSync(new URL('packages', import.meta.url))

export default defineConfig({
  test: {
    globalSetup: 'packages/testing/src/global-setup.ts',
    testTimeout: 15_000,
    hookTimeout: 30_000,
    projects: [
      ...packages.map((name) => project(name, `packages/${name}`)),
      project('server', 'apps/server'),
    ],
  },
})

function project(name: string, root: string) {
  return {
    root,
    test: { name: `@galley/${name}`, include: ['{src,test}/**/*.test.{ts,tsx}'] },
  }
}
