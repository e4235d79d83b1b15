import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The numbers of the lines of `code` that a rule of ours reports. */
function reported(rule: string, code: string) {
  const folder = mkdtempSync(join(tmpdir(), 'galley-lint-'))
  try {
    const plugin = join(root, 'packages/testing/lint/plugin.js')
    const rules = { jsPlugins: [plugin], rules: { [`galley/${rule}`]: 'error' } }
    writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules))
    writeFileSync(join(folder, 'code.js'), code)
    const lint = join(root, 'node_modules/.bin/oxlint')
    const args = ['-c', 'rules.json', '--format=unix', 'code.js']
    const { stdout } = spawnSync(lint, args, { cwd: folder, encoding: 'utf8' })
    const lines = stdout.split('\n').filter((line) => line.includes(rule))
    return lines.map((line) => /code\.js:(\d+):/.exec(line)?.[1])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the address of a module is not taken for a path', () => {
  const code = `export const direct = new URL('x', import.meta.url).pathname
const folder = new URL('x', import.meta.url)
export const later = () => folder.pathname
export const itself = new URL(import.meta.url).pathname
export const page = new URL('x', location.href).pathname
export const request = (url) => url.pathname
`
  expect(reported('no-url-as-path', code)).toEqual(['1', '3', '4'])
})

test('no test waits for a second only', () => {
  const code = `await vi.waitFor(() => look())
await vi.waitFor(() => look(), { timeout: 20_000 })
await vi.waitUntil(() => found)
await page.waitFor('x')
`
  expect(reported('no-short-wait', code)).toEqual(['1', '3'])
})
