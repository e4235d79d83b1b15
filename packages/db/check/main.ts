import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readJournal } from '../src/migrate-journal.ts'
import { findBase, migrationsAt } from './base.ts'
import { gateFaults } from './gate.ts'
import { faultsOnLarge } from './large.ts'
import { faultsBetween } from './previous.ts'

// `pnpm db:check [--base <commit>] [--large] [--previous | --previous-core]`, see CONTRIBUTING.md. These take minutes, and do nothing
// where the base lacks no migration.
const { values } = parseArgs({
  options: {
    base: { type: 'string' },
    large: { type: 'boolean', default: false },
    previous: { type: 'boolean', default: false },
    'previous-core': { type: 'boolean', default: false },
  },
})

const folder = fileURLToPath(new URL('../migrations', import.meta.url))
const print = (line: string) => process.stdout.write(`${line}\n`)

const commit = findBase(values.base)
using base = commit === undefined ? undefined : migrationsAt(commit)
const known = new Set(base ? readJournal(base.path).map(({ when }) => when) : [])
const fresh = readJournal(folder).filter(({ when }) => !known.has(when))
print(
  `Migrations since ${commit?.slice(0, 8) ?? 'the beginning'}: ${fresh.map(({ tag }) => tag).join(', ') || 'none'}.`,
)

const faults = await gateFaults(folder, base?.path)
const wanted = (part: boolean) => faults.length === 0 && part
if (commit !== undefined && base && fresh.length > 0) {
  const older = { commit, path: base.path }
  if (wanted(values.large)) faults.push(...(await faultsOnLarge(folder, older, print)))
  if (wanted(values.previous || values['previous-core'])) {
    const extent = values.previous ? 'whole' : 'core'
    faults.push(...(await faultsBetween(folder, { base: older, fresh, extent, print })))
  }
}
for (const fault of faults) print(fault)
if (faults.length > 0) process.exitCode = 1
else print('The migrations are in order.')
