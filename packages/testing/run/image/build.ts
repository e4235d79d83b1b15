import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { copyContext } from './context.ts'
import type { Stage, Step } from './dockerfile.ts'
import { build, type Root } from './root.ts'

export type Built = Root & {
  user: string
  command: string[]
  healthcheck: string[]
  labels: Record<string, string>
}

type Places = {
  /** Of the repository. */
  source: string
  /** Of the machine that stands in for the base image. */
  base: string
  /** For the stages. */
  folder: string
  /** What `RUN --mount=type=cache` keeps between builds. */
  caches: string
}

/** Does what the stages of a Dockerfile say, one after the other, and returns the last. Calls `done` after each step. */
export function buildStages(
  stages: Stage[],
  places: Places,
  done: (stage: Stage, step: Step, seconds: number) => void,
): Built {
  const built = new Map<string, Built>()
  let last: Built | undefined
  for (const stage of stages) {
    const from = built.get(stage.base)
    const folder = path.join(places.folder, stage.name)
    copyTree(from?.folder ?? places.base, folder)
    const env = from?.env ?? {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    }
    const inherited = { workdir: '/', user: '0:0', command: [], healthcheck: [], labels: {} }
    last = { ...inherited, ...from, folder, env: { ...env } }
    for (const step of stage.steps) {
      const startedAt = performance.now()
      take(step, last, built, places)
      done(stage, step, (performance.now() - startedAt) / 1000)
    }
    built.set(stage.name, last)
  }
  if (!last) throw new Error('There is no stage')
  return last
}

function take(step: Step, to: Built, built: Map<string, Built>, places: Places): void {
  const within = (file: string) => path.join(to.folder, path.resolve(to.workdir, file))
  switch (step.kind) {
    case 'run':
      build(to, step.command, cachesOf(step.caches, places))
      return
    case 'copy':
      if (step.from === undefined) return copyContext(places.source, within(step.target))
      for (const source of step.sources) {
        copyTree(path.join(built.get(step.from)?.folder ?? '', source), within(step.target))
      }
      return
    case 'env':
      Object.assign(to.env, step.values)
      return
    case 'label':
      Object.assign(to.labels, step.values)
      return
    case 'workdir':
      to.workdir = step.value
      mkdirSync(path.join(to.folder, step.value), { recursive: true })
      return
    case 'user':
      to.user = step.value
      return
    case 'cmd':
      to.command = step.command
      return
    case 'healthcheck':
      to.healthcheck = step.command
      return
    case 'arg':
  }
}

function cachesOf(targets: string[], { caches }: Places): Record<string, string> {
  return Object.fromEntries(
    targets.map((target) => {
      const folder = path.join(caches, encodeURIComponent(target))
      mkdirSync(folder, { recursive: true })
      return [target, folder]
    }),
  )
}

function copyTree(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true })
  execFileSync('cp', ['--archive', '--no-target-directory', from, to])
}

/** A Debian with Node and npm, as the official image of Node is: made once, by debootstrap. */
export function makeBase(base: string, node: string, npm: string): void {
  if (existsSync(path.join(base, 'usr/local/bin/npx'))) return
  rmSync(base, { recursive: true, force: true })
  execFileSync('debootstrap', ['--variant=minbase', '--include=libatomic1', 'bookworm', base], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  execFileSync('chroot', [base, 'useradd', '--uid', '1000', '--create-home', 'node'])
  cpSync(node, path.join(base, 'usr/local/bin/node'))
  copyTree(npm, path.join(base, 'usr/local/lib/node_modules/npm'))
  for (const name of ['npm', 'npx']) {
    const link = ['--symbolic', `../lib/node_modules/npm/bin/${name}-cli.js`]
    execFileSync('ln', [...link, path.join(base, 'usr/local/bin', name)])
  }
}
