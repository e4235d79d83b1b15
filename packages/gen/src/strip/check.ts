import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

type Manifest = { scripts?: Record<string, string> }

/**
 * Runs all that `pnpm check` would in a copy of a checkout, script by script. Not by pnpm itself: it would find that what is
 * installed, which the copy shares with its origin, is not what the copy asks for, and install that.
 */
export async function check(root: string): Promise<void> {
  const { tasks } = await read<{ tasks: { check: { dependsOn: string[] } } }>(root, 'turbo.json')
  for (const task of tasks.check.dependsOn) {
    const [, ofRoot] = /^\/\/#(.+)$/.exec(task) ?? []
    const folders = ofRoot === undefined ? await workspacesIn(root) : ['.']
    for (const folder of folders) await runScript(root, folder, ofRoot ?? task)
  }
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
