import { execFile } from 'node:child_process'
import { cp, mkdir, readdir } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { root } from '../root.ts'
import { unversioned } from '../unversioned.ts'
import { strip } from './strip.ts'

const usage = 'pnpm gen strip [--into <folder>]'

/** Removes the publication, in place or from a copy; see docs/make-it-yours.md. */
export async function stripCommand(args: string[], print: (line: string) => void) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { into: { type: 'string' } },
  })
  if (positionals.length > 0 || values.into === '') throw new Error(`Usage: ${usage}`)
  const target = values.into === undefined ? root : resolve(values.into)
  if (target === root) await refuseUncommitted()
  else await copyInto(target, print)
  const { removed, changed } = await strip(target, print)
  print('Bringing the lockfile into step')
  await install(target)
  print(`\n${removed} files were removed and ${changed} changed. Try it: pnpm check && pnpm dev`)
}

/** What is removed can be had back from git only if it is there. */
async function refuseUncommitted() {
  const { stdout } = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: root })
  if (stdout !== '') {
    throw new Error('Commit or stash your changes first, or strip a copy: --into <folder>.')
  }
}

async function copyInto(target: string, print: (line: string) => void) {
  const path = relative(root, target)
  if (!path.startsWith('..') && !isAbsolute(path)) {
    throw new Error(`--into must name a folder outside of this one, not ${target}.`)
  }
  const present = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new Error(`--into: ${target} cannot be read as a folder.`, { cause: error })
  })
  if (present.length > 0) throw new Error(`--into: ${target} is not empty.`)
  print(`Copying to ${target}`)
  await mkdir(target, { recursive: true })
  await cp(root, target, {
    recursive: true,
    filter: (source) => !unversioned.has(basename(source)),
  })
  await install(target)
}

const install = (cwd: string) =>
  promisify(execFile)('npx', ['--yes', 'pnpm@12', 'install', '--no-frozen-lockfile'], {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
  })
