import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { appendCounts } from '@galley/testing/counts'
import { startServer } from '../bench/servers/start.ts'
import { startSeededDatabase } from '../dev/seed/throw-away.ts'
import type { Attack, Finding, Galley } from './attack.ts'

/**
 * `pnpm attack [--short] [name ...]`: what once stopped or slowed a server, tried on the production build. Each attack
 * has a server and a database of its own and ends after two minutes at the latest; `--short` is what CI runs.
 */
const LIMIT_MS = 120_000
const short = process.argv.includes('--short')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const names = readdirSync(new URL('cases', import.meta.url))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
const say = (line: string) => void process.stdout.write(`${line}\n`)

const counts = { passed: 0, failed: names.length === 0 ? 1 : 0 }
for (const name of names) {
  const { attack }: { attack: Attack } = await import(`./cases/${name}.ts`)
  const begun = performance.now()
  const findings = await carryOut(attack)
  const holds = findings.length > 0 && findings.every((finding) => finding.holds)
  counts[holds ? 'passed' : 'failed'] += 1
  say(`${holds ? 'holds' : 'FAILS'}  ${attack.title} (${name}, ${seconds(begun)} s)`)
  for (const { what, measured, holds } of findings)
    say(`       ${holds ? ' ' : '!'} ${what}: ${measured}`)
}
await appendCounts('attacks', counts)
say(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed > 0 ? 1 : 0)

async function carryOut(attack: Attack): Promise<Finding[]> {
  await using ending = new AsyncDisposableStack()
  const startGalley = async (env?: Record<string, string>): Promise<Galley> => {
    const keys = `attacks:${randomBytes(32).toString('base64')}`
    const database = ending.use(await startSeededDatabase(keys))
    const server = ending.use(
      await startServer({
        module: '../../src/main.ts',
        databaseUrl: database.appUrl,
        env: { ENCRYPTION_KEYS: keys, WEB_CONCURRENCY: '1', ...env },
      }),
    )
    return { ...server, database }
  }
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS, [failure(`no end after ${LIMIT_MS / 1000} s`)])
  })
  try {
    return await Promise.race([attack.run({ short, startGalley }), limit])
  } catch (error) {
    return [failure(String(error))]
  } finally {
    clearTimeout(timer)
  }
}

function failure(measured: string): Finding {
  return { what: 'the attack', measured, holds: false }
}

function seconds(begun: number) {
  return ((performance.now() - begun) / 1000).toFixed(1)
}
