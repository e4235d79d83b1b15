import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@galley/embedded-postgres/files'

export const root = fileURLToPath(new URL('../../../', import.meta.url))

const FOLDER = 'packages/db/migrations'

const git = (...words: string[]) =>
  execFileSync('git', words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** The commit that changes are compared with: the one named, else where this branch began, else the one before. */
export function findBase(named: string | undefined): string | undefined {
  const head = commitOf('HEAD')
  if (named !== undefined) {
    const commit = commitOf(named)
    if (commit === undefined) throw new Error(`There is no commit ${named}.`)
    return commit
  }
  const began = attempt(() => git('merge-base', 'HEAD', 'origin/HEAD').trim())
  return began !== undefined && began !== head ? began : commitOf('HEAD~1')
}

const commitOf = (name: string) =>
  attempt(() => git('rev-parse', '--quiet', '--verify', `${name}^{commit}`).trim())

/** What a file was in that commit; undefined where it was not there. */
export const fileAt = (commit: string, file: string) =>
  attempt(() => git('show', `${commit}:${file}`))

/** The migrations of that commit, with their journal, in a folder that is removed when it is disposed of. */
export function migrationsAt(commit: string) {
  const folder = temporaryFolder()
  mkdirSync(folder.at('meta'))
  const names = git('ls-tree', '-r', '--name-only', commit, FOLDER).split('\n').filter(Boolean)
  for (const name of names) {
    writeFileSync(
      folder.at(...path.relative(FOLDER, name).split('/')),
      git('show', `${commit}:${name}`),
    )
  }
  return { ...folder, path: folder.at() }
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
