import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { collectReport, createFailure, type Report } from '@galley/testing/report'
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

const report: Report = { passed: 0, failures: [] }
if (names.length === 0) report.failures.push(createFailure('no attack has one of these names'))
for (const name of names) {
  const { attack }: { attack: Attack } = await import(`./cases/${name}.ts`)
  const begun = performance.now()
  const findings = await carryOut(attack)
  const holds = findings.length > 0 && findings.every((finding) => finding.holds)
  if (holds) report.passed += 1
  else
    report.failures.push(
      createFailure(`attack ${name}`, { message: findings.map(line).join('\n') }),
    )
  say(`${holds ? 'holds' : 'FAILS'}  ${attack.title} (${name}, ${seconds(begun)} s)`)
  for (const finding of findings) say(`       ${line(finding)}`)
}
collectReport('attacks', report)
say(`\n${report.passed} passed, ${report.failures.length} failed`)
process.exit(report.failures.length > 0 ? 1 : 0)

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

function line({ what, measured, holds }: Finding) {
  return `${holds ? ' ' : '!'} ${what}: ${measured}`
}

function failure(measured: string): Finding {
  return { what: 'the attack', measured, holds: false }
}

function seconds(begun: number) {
  return ((performance.now() - begun) / 1000).toFixed(1)
}
