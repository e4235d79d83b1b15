import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../../../..', import.meta.url))
const tsc = join(root, 'node_modules/.bin/tsc')

type Project = {
  /** By path. */
  files: Record<string, string>
  /** The workspace whose packages it may import. */
  like: 'apps/web' | 'apps/server'
}

/** A folder outside the repository with these files, and what can be done with it; gone at the end. */
export async function createProject({ files, like }: Project) {
  const path = await mkdtemp(join(tmpdir(), 'galley-calls-'))
  await symlink(join(root, like, 'node_modules'), join(path, 'node_modules'))
  const all = {
    ...files,
    'tsconfig.json': JSON.stringify(settings(path, like, Object.keys(files))),
  }
  for (const [name, text] of Object.entries({ ...all, 'package.json': '{ "type": "module" }' })) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), text)
  }
  return {
    /** What the compiler complains about. */
    check: () => run(tsc, ['-p', path]).catch((error: { stdout: string }) => error.stdout),
    /** What a file prints. */
    start: (file: string, env: Record<string, string>) =>
      run(process.execPath, [join(path, file)], { ...env, NO_COLOR: '1' }),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  }
}

/** As this repository compiles; what lies in the web app's sources is where an import expects it. */
const settings = (path: string, like: Project['like'], files: string[]) => ({
  extends: join(root, 'tsconfig.base.json'),
  compilerOptions: {
    lib: ['es2025', 'dom', 'dom.iterable'],
    rootDirs: [path, join(root, like, 'src')],
    typeRoots: [join(path, 'node_modules/@types')],
  },
  files,
})

/** Runs a program to its end and returns what it printed; throws where it fails. */
export async function run(program: string, args: string[], env: Record<string, string> = {}) {
  const variables = { PATH: process.env.PATH, ...env }
  const { stdout } = await promisify(execFile)(program, args, { env: variables })
  return stdout
}
