// What `.ci` does, as far as it can be tried without it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { unmatchedFilters } from '../run/filters.ts'
import { optionalPrograms } from '../src/on-path.ts'

const root = path.join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

test('.ci/programs looks for all without which tests are skipped', () => {
  const [, list = ''] = /^for program in (.*); do$/m.exec(read('.ci/programs')) ?? []
  expect(list.split(' ')).toEqual(expect.arrayContaining([...optionalPrograms]))
})

test('each filter of .ci/on-postgres-15 names tests that are there, and one that names none is found', () => {
  const commands = read('.ci/on-postgres-15').match(/pnpm test \\\n(?:.*\\\n)*.*/g) ?? []
  const filters = execFileSync('bash', ['-c', `pnpm() { shift; echo "$@"; }; ${commands[0]}`], {
    encoding: 'utf8',
  })
  const words = filters.trim().split(' ')
  expect(words.length).toBeGreaterThan(10)
  expect(unmatchedFilters(words, root)).toEqual([])
  const wrong = ['packages/db', 'packages/db/src/server-version', '-t', 'no file either']
  expect(unmatchedFilters(wrong, root)).toEqual(['packages/db/src/server-version'])
})

describe('.ci/base', () => {
  const base = (folder: string, CI_BASE?: string) =>
    execFileSync(path.join(root, '.ci/base'), {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', ...(CI_BASE && { CI_BASE }) },
    }).trim()

  test('is where a push began, else where the branch left the main one, else the commit before', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'galley-base-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
        cwd: folder,
        encoding: 'utf8',
      }).trim()
    const commit = (name: string) => {
      writeFileSync(path.join(folder, name), '')
      git('add', '.')
      git('commit', '--quiet', '-m', name)
      return git('rev-parse', 'HEAD')
    }
    git('init', '--quiet', '--initial-branch=main')
    commit('zero')
    expect(base(folder)).toBe('')
    const [one, two] = [commit('one'), commit('two')]
    commit('three')
    expect(base(folder)).toBe(two)
    expect(base(folder, one)).toBe(one)
    expect(base(folder, '0'.repeat(40))).toBe(two)
    git('update-ref', 'refs/remotes/origin/main', one)
    expect(base(folder)).toBe(one)
    expect(base(folder, two)).toBe(two)
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    expect(base(folder)).toBe(two)
  })
})
