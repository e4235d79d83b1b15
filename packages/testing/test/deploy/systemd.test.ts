import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findProgram, unlessFound } from '../../src/on-path.ts'

const deploy = path.join(import.meta.dirname, '../../../../deploy')
const analyze = findProgram('systemd-analyze') ?? ''
const none = unlessFound('systemd-analyze')

describe.skipIf(none)(`units of systemd${none}`, () => {
  test.for(['galley-server.service', 'galley-worker.service'])('%s', (name) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'galley-units-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const text = readFileSync(path.join(deploy, 'systemd', name), 'utf8')
    const file = path.join(folder, name)
    // Verified is also that the program is there.
    writeFileSync(file, text.replace('/opt/galley/node_modules/.bin/node', process.execPath))
    const run = (...words: string[]) => spawnSync(analyze, words, { encoding: 'utf8' })
    const verified = run('verify', '--man=no', file)
    expect([verified.status, verified.stderr]).toEqual([0, ''])
    // Of 0 to 10; a unit without any of it has 9.2.
    const { stdout } = run('security', '--offline=true', '--no-pager', file)
    expect(Number(/exposure level.*: (\d+\.\d)/.exec(stdout)?.[1])).toBeLessThan(2)
  })
})
