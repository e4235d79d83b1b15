import { execFile } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { run } from '../run.ts'

type Manifest = { scripts?: Record<string, string> }

/**
 * Runs all that `pnpm check` would in a copy of a checkout, script by script but for types. Not by pnpm itself: it would find
 * that what is installed, which the copy shares with its origin, is not what the copy asks for, and install that.
 */
export async function check(root: string): Promise<void> {
  const { tasks } = await read<{ tasks: { check: { dependsOn: string[] } } }>(root, 'turbo.json')
  for (const task of tasks.check.dependsOn) {
    const [, ofRoot] = /^\/\/#(.+)$/.exec(task) ?? []
    if (task === 'typecheck') {
      await typecheck(root)
      continue
    }
    const folders = ofRoot === undefined ? await workspacesIn(root) : ['.']
    for (const folder of folders) await runScript(root, folder, ofRoot ?? task)
  }
}

type Config = { include: string[]; exclude: string[] }

/** Workspaces of the same configuration as one program: what they import of each other is read and checked once. */
async function typecheck(root: string): Promise<void> {
  const folders = await workspacesIn(root)
  const texts = await Promise.all(
    folders.map((folder) => readFile(join(root, folder, 'tsconfig.json'), 'utf8')),
  )
  const foldersByText = Map.groupBy(folders, (_, at) => texts[at] ?? '')
  for (const [text, alike] of foldersByText) {
    if (alike.length > 1) await typecheckTogether(root, alike, JSON.parse(text))
    else for (const folder of alike) await runScript(root, folder, 'typecheck')
  }
}

async function typecheckTogether(root: string, folders: string[], config: Config): Promise<void> {
  const below = (patterns: string[]) =>
    folders.flatMap((folder) => patterns.map((pattern) => `${folder}/${pattern}`))
  const together = {
    ...config,
    extends: './tsconfig.base.json',
    include: below(config.include),
    exclude: below(config.exclude),
  }
  const file = join(root, 'tsconfig.check.json')
  await writeFile(file, JSON.stringify(together))
  await run(root, 'tsc', ['-p', file])
  await rm(file)
}

async function workspacesIn(root: string): Promise<string[]> {
  const groups = ['apps', 'packages'].map(async (group) =>
    (await readdir(join(root, group))).map((name) => join(group, name)),
  )
  return (await Promise.all(groups)).flat()
}

/** Throws with what the script printed where it fails; does nothing where the workspace has none of this name. */
async function runScript(root: string, folder: string, name: string): Promise<void> {
  const { scripts } = await read<Manifest>(root, join(folder, 'package.json'))
  const script = scripts?.[name]
  if (script === undefined) return
  const programs = [folder, '.'].map((each) => join(root, each, 'node_modules/.bin'))
  const withPrograms = ['PATH="$1:$PATH"; eval "$2"', 'sh', programs.join(delimiter), script]
  try {
    await promisify(execFile)('sh', ['-c', ...withPrograms], {
      cwd: join(root, folder),
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    const output = stdout + stderr || String(error)
    throw new Error(`${name} failed in ${folder}\n${output}`, { cause: error })
  }
}

async function read<Content>(root: string, path: string): Promise<Content> {
  return JSON.parse(await readFile(join(root, path), 'utf8'))
}
