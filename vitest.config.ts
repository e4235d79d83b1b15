import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { vitestReporter } from './packages/testing/run/vitest-reporter.ts'

const packages = readdirSync(new URL('packages', import.meta.url))

/**
 * Test files share processes, in which modules are evaluated once: it halves what a file costs. These change theirs for good (they
 * mock a module, or register what traces), and have one of their own.
 */
const alone: Record<string, string[]> = {
  'apps/server': [
    'test/platform/http/canary.test.ts',
    'test/platform/processes/traces.test.ts',
    'test/platform/processes/traces-of-adapters.test.ts',
  ],
  'packages/auth': ['src/passwords.load.test.ts'],
}

/**
 * What the command line asks for, up to a wildcard. Vitest sets up each project before it looks at that, all of them in the run
 * of every workspace.
 */
const asked = process.argv.flatMap((word, at) => {
  if (word.startsWith('--project=')) return [word.slice('--project='.length)]
  return process.argv[at - 1] === '--project' ? [word] : []
})

const isAskedFor = ({ test: { name } }: { test: { name: string } }) =>
  asked.length === 0 ||
  asked.some((pattern) => pattern.startsWith('!') || name.startsWith(pattern.replace(/\*.*/, '')))

export default defineConfig({
  test: {
    reporters: ['default', vitestReporter(path.resolve('.reports/test.json'))],
    globalSetup: 'packages/testing/src/global-setup.ts',
    // Long enough for a machine that is busy: what hangs is found all the same.
    testTimeout: 40_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Most tests wait for a database, a process or a thread: one worker more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    coverage: {
      provider: 'v8',
      include: ['{apps,packages}/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.gen.ts', '**/*.test-d.ts'],
      reporter: ['json-summary', 'html'],
    },
    projects: [
      ...packages.flatMap((name) => projects(name, `packages/${name}`)),
      ...projects('server', 'apps/server', [
        fileURLToPath(new URL('apps/server/test/checked-outputs.ts', import.meta.url)),
        fileURLToPath(new URL('apps/server/test/query-budgets.ts', import.meta.url)),
        fileURLToPath(new URL('apps/server/test/kept-outputs.ts', import.meta.url)),
      ]),
      // The adapter with the other ends of the range of tRPC that it supports.
      trpcFastifyWith('oldest'),
      trpcFastifyWith('newest'),
      project('web', 'apps/web'),
      {
        root: 'apps/web',
        test: {
          name: '@galley/web (components)',
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: [fileURLToPath(new URL('apps/web/test/setup.ts', import.meta.url))],
        },
      },
    ].filter(isAskedFor),
  },
})

function trpcFastifyWith(version: 'oldest' | 'newest') {
  return {
    ...project(`trpc-fastify (${version} tRPC)`, 'packages/trpc-fastify'),
    resolve: { alias: [{ find: /^@trpc\/server(?=\/|$)/, replacement: `trpc-server-${version}` }] },
  }
}

function projects(name: string, root: string, setupFiles: string[] = []) {
  const isolated = alone[root] ?? []
  const shared = project(name, root, setupFiles)
  return isolated.length === 0
    ? [shared]
    : [
        { root, test: { ...shared.test, exclude: isolated } },
        {
          root,
          test: {
            ...shared.test,
            name: `@galley/${name} (alone)`,
            include: isolated,
            isolate: true,
          },
        },
      ]
}

function project(name: string, root: string, setupFiles: string[] = []) {
  return {
    root,
    test: {
      name: `@galley/${name}`,
      include: ['{src,test}/**/*.test.ts'],
      setupFiles,
      isolate: false,
    },
  }
}
