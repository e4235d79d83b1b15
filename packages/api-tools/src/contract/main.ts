import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { errorReasons } from '@galley/contract/errors'
import { appRouter } from '@galley/api/root'
import { Contract } from './contract.ts'
import { readNamedSchemas } from '../named-schemas.ts'
import {
  firstContract,
  nextContract,
  reviewContract,
  reviewSince,
  toFiles,
  type Review,
} from './review.ts'
import { surfaceOf } from './surface.ts'

/**
 * `pnpm contract`: what the code changes of `contract.json`; fails when the file is older than the code, or when what
 * broke has no entry in `docs/api-changes.md`. `--write` writes the file. `--base <commit>` compares the file with
 * that of a commit instead.
 */
const { values } = parseArgs({ options: { write: { type: 'boolean' }, base: { type: 'string' } } })

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const paths = {
  contract: 'packages/api/contract.json',
  version: 'packages/contract/src/version.ts',
  document: 'docs/api-changes.md',
}
const read = (path: string) => readFile(root + path, 'utf8').catch(() => '')
const git = (...args: string[]) =>
  promisify(execFile)('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })

function parse(text: string): Contract | undefined {
  try {
    return text === '' ? undefined : Contract.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error('contract.json cannot be read: take one side of a conflict.', { cause })
  }
}

const [contract, version, document] = await Promise.all([
  read(paths.contract),
  read(paths.version),
  read(paths.document),
])

const { lines, problems } =
  values.base === undefined ? await reviewCode() : await reviewBase(values.base)
for (const line of lines) process.stdout.write(`${line}\n`)
for (const problem of problems) process.stderr.write(`contract: ${problem}\n`)
if (problems.length > 0) process.exitCode = 1

async function reviewCode(): Promise<Review> {
  const surface = surfaceOf(appRouter, errorReasons, await readNamedSchemas())
  const committed = parse(contract) ?? firstContract(surface)
  if (!values.write) return reviewContract(surface, committed, { contract, version }, document)
  const next = nextContract(surface, committed, document)
  const files = toFiles(next)
  await writeFile(root + paths.contract, files.contract)
  await writeFile(root + paths.version, files.version)
  const { lines } = reviewContract(surface, committed, files, document)
  const { problems } = reviewContract(surface, next, files, document)
  return { lines, problems }
}

async function reviewBase(commit: string): Promise<Review> {
  const now = parse(contract)
  if (!now) return { lines: [], problems: ['there is no contract.json: run pnpm contract --write'] }
  const known = await git('rev-parse', '--verify', `${commit}^{commit}`).catch(() => undefined)
  if (!known) return { lines: [], problems: [`there is no commit ${commit}`] }
  const { stdout: listed } = await git('ls-tree', '--name-only', commit, paths.contract)
  if (listed === '') return { lines: [`${commit} has no contract.json`], problems: [] }
  const { stdout } = await git('show', `${commit}:${paths.contract}`)
  const earlier = parse(stdout)
  return earlier ? reviewSince(earlier, now, document) : { lines: [], problems: [] }
}
