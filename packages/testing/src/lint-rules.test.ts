import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

test('the address of a module is not taken for a path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'galley-lint-'))
  try {
    const plugin = join(root, 'packages/testing/lint/plugin.js')
    writeFileSync(
      join(folder, 'rules.json'),
      JSON.stringify({ jsPlugins: [plugin], rules: { 'galley/no-url-as-path': 'error' } }),
    )
    writeFileSync(
      join(folder, 'code.js'),
      `export const direct = new URL('x', import.meta.url).pathname
const folder = new URL('x', import.meta.url)
export const later = () => folder.pathname
export const itself = new URL(import.meta.url).pathname
export const page = new URL('x', location.href).pathname
export const request = (url) => url.pathname
`,
    )
    const lint = join(root, 'node_modules/.bin/oxlint')
    const args = ['-c', 'rules.json', '--format=unix', 'code.js']
    const { stdout } = spawnSync(lint, args, { cwd: folder, encoding: 'utf8' })
    const lines = [...stdout.matchAll(/code\.js:(\d+):.*no-url-as-path/g)].map(([, line]) => line)
    expect(lines).toEqual(['1', '3', '4'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
