import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findProgram } from '../../src/on-path.ts'
import { buildStages, makeBase } from './build.ts'
import { readStages } from './dockerfile.ts'
import { inspect } from './inspect.ts'
import { tryOut } from './try-out.ts'

/**
 * `pnpm image:check`: does what deploy/Dockerfile says without an engine, in folders that debootstrap makes; then looks at the result
 * and runs it as its user, on a file system that cannot be written to. Needs root and the network.
 */
const missing = ['debootstrap', 'unshare', 'chroot', 'npm'].filter((name) => !findProgram(name))
const npm = findProgram('npm')
if (npm === undefined || missing.length > 0 || process.getuid?.() !== 0) {
  console.error(`This needs to be root, and ${missing.join(', ') || 'nothing else'}.`)
  process.exit(1)
}

const source = path.resolve(import.meta.dirname, '../../../..')
const kept = path.join(source, '.galley/image-check')
const base = path.join(kept, 'base')
const folder = mkdtempSync(path.join(tmpdir(), 'galley-image-'))
const beganAt = performance.now()
mkdirSync(kept, { recursive: true })

try {
  // Its program is `bin/npm-cli.js` of the package; by the Node that runs this, npm would look for itself in the wrong place.
  makeBase(base, process.execPath, path.join(realpathSync(npm), '../..'))
  say('base', 'debootstrap, Node and npm', since(beganAt))

  const text = readFileSync(path.join(source, 'deploy/Dockerfile'), 'utf8')
  const stages = readStages(text, { NODE_DIGEST: 'sha256:0', REVISION: 'check' })
  const caches = path.join(kept, 'cache')
  const image = buildStages(stages, { source, base, folder, caches }, (stage, step, seconds) => {
    if (step.kind === 'run' || step.kind === 'copy') {
      const words = step.kind === 'run' ? step.command.at(-1) : `copy to ${step.target}`
      say(stage.name, String(words), seconds)
    }
  })
  inspect(image, say)
  await tryOut(image, say)
  say('all', 'passed', since(beganAt))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function say(about: string, what: string, figure: number | string): void {
  const shown = typeof figure === 'number' ? `${figure.toFixed(1)} s` : figure
  console.log(`${about.padEnd(11)} ${what.slice(0, 90).padEnd(90)} ${shown}`)
}

function since(moment: number): number {
  return (performance.now() - moment) / 1000
}
