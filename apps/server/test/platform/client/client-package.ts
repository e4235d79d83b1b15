import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const clientFolder = join(root, 'packages/client')

/** A folder outside the workspace, gone at the end. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'galley-client-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Builds `@galley/client` and packs it into `folder`, as it would be published. */
export async function packClient(folder: string): Promise<string> {
  await run(process.execPath, [join(clientFolder, 'build.ts')])
  const args = ['pack', join(clientFolder, 'dist'), '--json', '--pack-destination', folder]
  const { stdout } = await run('npm', args)
  const [packed] = JSON.parse(stdout)
  return join(folder, packed.filename)
}

/** An empty project with that tarball and this repository's TypeScript, installed by npm or pnpm. */
export async function installClient(folder: string, tarball: string, manager: 'npm' | 'pnpm') {
  await cp(join(clientFolder, 'test/publishing/project'), folder, { recursive: true })
  const versionIn = async (folder: string) =>
    JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')).version
  const manifest = {
    private: true,
    type: 'module',
    dependencies: { '@galley/client': `file:${tarball}` },
    devDependencies: {
      eventsource: await versionIn('packages/client/node_modules/eventsource'),
      typescript: await versionIn('node_modules/typescript'),
    },
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  const quiet = ['install', '--prefer-offline']
  if (manager === 'npm') await runIn(folder, 'npm', [...quiet, '--no-audit', '--no-fund'])
  else await runIn(folder, 'npx', ['--yes', 'pnpm@12', ...quiet, '--ignore-workspace'])
}

/** Statements that must not compile, each on a line of its own after the second. */
export const writeWrong = (folder: string, statements: string[]) =>
  writeFile(join(folder, 'wrong.ts'), [wrongHead, ...statements, ''].join('\n'))

const wrongHead = `import { createGalleyClient, isGalleyError } from '@galley/client'
const galley = createGalleyClient({ url: 'https://galley.example', auth: 'none' })`

/** The blocks of the package's README, a file each: their names. */
export async function writeReadme(folder: string): Promise<string[]> {
  const readme = await readFile(join(folder, 'node_modules/@galley/client/README.md'), 'utf8')
  const blocks = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, block = '']) => block)
  const files = blocks.map((block, at) => ({ name: `readme-${at}.ts`, text: nodeHead + block }))
  for (const { name, text } of files) await writeFile(join(folder, name), text)
  return files.map(({ name }) => name)
}

// All that they use of Node.
const nodeHead = 'declare const process: { env: Record<string, string | undefined> }\n'

/** Type-checks one file of that project with its own compiler; the lines that it complains about. */
export async function check(folder: string, file: string): Promise<string[]> {
  const settings = JSON.parse(await readFile(join(folder, 'tsconfig.json'), 'utf8'))
  await writeFile(join(folder, 'one.json'), JSON.stringify({ ...settings, files: [file] }))
  const compiler = join(folder, 'node_modules/.bin/tsc')
  const { stdout } = await runIn(folder, compiler, ['-p', 'one.json']).catch(
    (error: { stdout: string }) => error,
  )
  return stdout.split('\n').filter((line) => / error TS\d+: /.test(line))
}

/** Runs `live.ts` of that project with Node. */
export async function runLive(folder: string, args: string[]): Promise<unknown> {
  const { stdout } = await runIn(folder, process.execPath, ['live.ts', ...args])
  return JSON.parse(stdout)
}

// Without the settings that a package manager gives to what it runs: those are for the workspace.
function runIn(cwd: string, command: string, args: string[]) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|VITEST|NODE_ENV|NODE_OPTIONS)/i.test(name),
  )
  const path = [dirname(process.execPath), process.env.PATH].join(':')
  return run(command, args, {
    cwd,
    env: { ...Object.fromEntries(kept), PATH: path },
    timeout: 90_000,
  })
}
