import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure, type Cost } from './measure.ts'
import { clientProject, largeProject } from './projects.ts'

/**
 * What the types cost those who use them: fails when a project takes more instantiations than `budget.json` allows.
 * Seconds depend on the machine and are shown only.
 */
const path = join(import.meta.dirname, 'budget.json')
const budget: Record<string, number> = JSON.parse(readFileSync(path, 'utf8'))

const costs = [
  ['client', measure(clientProject())],
  ['300 procedures', measure(await largeProject())],
] as const

process.stdout.write(`${costs.map(line).join('\n')}\n`)
if (costs.some(isOver)) {
  process.stderr.write('The types cost more than budget.json allows.\n')
  process.exitCode = 1
}

function line([name, { instantiations, checkSeconds, declarationBytes }]: readonly [string, Cost]) {
  const kilobytes = (declarationBytes / 1000).toFixed(1)
  return `${name}: ${instantiations} instantiations of ${budget[name]}, ${kilobytes} kB of types, checked in ${checkSeconds} s`
}

function isOver([name, { instantiations }]: readonly [string, Cost]) {
  return instantiations > (budget[name] ?? 0)
}
