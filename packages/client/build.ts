import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Makes `dist`: the package as it is published, with a `package.json` of its own (`npm pack dist`). */
const folder = import.meta.dirname
const dist = join(folder, 'dist')
const root = join(folder, '..', '..')

rmSync(dist, { recursive: true, force: true })
execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], {
  cwd: folder,
  stdio: 'inherit',
})
nameDeclarations()
cpSync(join(folder, 'README.md'), join(dist, 'README.md'))
cpSync(join(root, 'LICENSE'), join(dist, 'LICENSE'))
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`)

/** The compiler leaves `./x.ts` in declarations, which only newer ones take for `./x.d.ts`. */
function nameDeclarations() {
  for (const file of readdirSync(dist).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(dist, file), 'utf8')
    writeFileSync(join(dist, file), text.replaceAll(/(from '\.\/[^']+)\.ts'/g, "$1.js'"))
  }
}

function published() {
  const { name, version, description, license, type, dependencies } = read('package.json')
  const workspace = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
  const exact = Object.keys(dependencies).map((name) => [name, workspace.catalog[name]])
  const entry = (file: string) => ({ types: `./${file}.d.ts`, default: `./${file}.js` })
  return {
    name,
    version,
    description,
    license,
    type,
    sideEffects: false,
    exports: { '.': entry('index'), './links': entry('links'), './socket': entry('socket') },
    dependencies: Object.fromEntries(exact),
  }
}

function read(file: string) {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'))
}
