import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { isCi } from '@galley/testing/env'
import { collectReport, createFailure, type Report } from '@galley/testing/report'
import { startServer } from '../bench/servers/start.ts'
import { startSeededDatabase } from '../dev/seed/throw-away.ts'
import { type Finding, type Galley, outcomeOf, type Trial } from './trial.ts'

type Trials = {
  /** The folder of the cases, with a slash at its end. */
  cases: URL
  /** What one of them is called. */
  word: string
  /** When one of them has to have ended. */
  limitMs: number
}

const say = (line: string) => void process.stdout.write(`${line}\n`)

/**
 * Tries what the command line names, or all, one after the other, each with a server and a database of its own; prints what was
 * found and ends the process, with 1 where something does not hold, and in CI where something was skipped. `--short` is for seconds instead of minutes.
 */
export async function runTrials({ cases, word, limitMs }: Trials): Promise<never> {
  const short = process.argv.includes('--short')
  const wanted = process.argv.slice(2).filter((each) => !each.startsWith('--'))
  const known = readdirSync(cases).map((file) => file.replace(/\.ts$/, ''))
  const unknown = wanted.filter((name) => !known.includes(name))
  const report: Report = {
    passed: 0,
    failures: unknown.map((name) => createFailure(`there is no ${word} ${name}`)),
  }
  let skipped = 0
  for (const name of known.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    const { trial }: { trial: Trial } = await import(new URL(`${name}.ts`, cases).href)
    const begun = performance.now()
    const findings = await carryOut({ limitMs, ...trial }, short)
    const outcome = outcomeOf(findings, isCi)
    if (outcome === 'holds') report.passed += 1
    if (outcome === 'skipped') skipped += 1
    if (outcome === 'FAILS') {
      const message = findings.map(line).join('\n')
      report.failures.push(createFailure(`${word} ${name}`, { message }))
    }
    say(`${outcome.padEnd(7)} ${trial.title} (${name}, ${seconds(begun)} s)`)
    for (const finding of findings) say(`        ${line(finding)}`)
  }
  collectReport(`${word}s`, report)
  for (const { title } of report.failures) say(`FAILED ${title}`)
  const also = skipped > 0 ? `, ${skipped} skipped` : ''
  say(`\n${report.passed} passed, ${report.failures.length} failed${also}`)
  process.exit(report.failures.length > 0 ? 1 : 0)
}

async function carryOut({ run, limitMs }: Required<Trial>, short: boolean): Promise<Finding[]> {
  await using ending = new AsyncDisposableStack()
  const interrupt = () => void ending.disposeAsync().finally(() => process.exit(1))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const startGalley = async (env?: Record<string, string>): Promise<Galley> => {
    const keys = `trials:${randomBytes(32).toString('base64')}`
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
    timer = setTimeout(resolve, limitMs, [failure(`no end after ${limitMs / 1000} s`)])
  })
  try {
    return await Promise.race([run({ short, startGalley, ending }), limit])
  } catch (error) {
    return [failure(error instanceof Error ? (error.stack ?? String(error)) : String(error))]
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

function line({ what, measured, holds, skipped }: Finding) {
  return `${holds ? ' ' : skipped ? '-' : '!'} ${what}: ${measured}`
}

function failure(measured: string): Finding {
  return { what: 'the trial', measured, holds: false }
}

function seconds(begun: number) {
  return ((performance.now() - begun) / 1000).toFixed(1)
}
