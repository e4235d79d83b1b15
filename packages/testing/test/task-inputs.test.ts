import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const turbo = path.join(root, 'node_modules/.bin/turbo')

interface Task {
  task: string
  command: string
  directory: string
  /** By path relative to the workspace. */
  inputs: Record<string, string>
}

/** Turborepo restores an old pass where a file that a test reads is none of its task's inputs. */
test('what tests read outside of all workspaces is among the inputs of their task', () => {
  const output = execFileSync(turbo, ['run', 'test', '--dry=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  const { tasks }: { tasks: Task[] } = JSON.parse(output)
  const running = tasks.filter(({ command }) => command.startsWith('vitest '))
  const reads = running.flatMap(readsOf)
  expect(reads.length).toBeGreaterThan(4)
  expect(reads.filter(({ isInput }) => !isInput)).toEqual([])
})

function readsOf({ directory, inputs }: Task) {
  const folder = path.join(root, directory)
  const files = globSync(['{src,test}/**/*.test.{ts,tsx}', 'test/**/*.ts'], { cwd: folder })
  const own = [...new Set(files)].map((file) => path.join(directory, file))
  return [...own, ...helpersOf(own)].flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const named = [
      ...text.matchAll(
        /['"`](?:\.\.\/)*(docs\/[\w-]+\.md|deploy\/[\w./-]+\.\w+|\.env\.example)['"`]/g,
      ),
    ]
    return named
      .map(([, name = '']) => name)
      .filter((name) => existsSync(path.join(root, name)))
      .map((name) => ({
        task: directory,
        file,
        name,
        isInput: Object.hasOwn(inputs, path.relative(folder, path.join(root, name))),
      }))
  })
}

/** The sources of this workspace that these files import: what they read is an input too. */
function helpersOf(files: string[]): string[] {
  const names = files.flatMap((file) => [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(/'@galley\/testing\/([\w-]+)'/g),
  ])
  return [...new Set(names.map(([, name = '']) => `packages/testing/src/${name}.ts`))].filter(
    (file) => existsSync(path.join(root, file)),
  )
}
