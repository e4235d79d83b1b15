import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Finding } from './findings.ts'

const program = fileURLToPath(import.meta.resolve('squawk-cli/js/bin/squawk'))

/** Of what squawk looks for, what means nothing here. */
const excluded = [
  // Set on the connection that migrates (migrate.ts).
  'require-lock-timeout',
  'require-statement-timeout',
  // A transaction is done as a whole, and what stands outside of one has to say so itself (modes.ts).
  'prefer-robust-stmts',
  'ban-concurrent-index-creation-in-transaction',
  // Takes its lock for a moment only, and is tried again where it does not get it.
  'require-concurrent-index-deletion',
  // How we choose types.
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-identity',
  'prefer-text-field',
]

type Reported = { file: string; line: number; rule_name: string; message: string; help?: string }

/** What squawk says of migrations, for the oldest PostgreSQL that they run on. Lines count from 1. */
export function squawk(folder: string, tags: string[]): Finding[] {
  if (tags.length === 0) return []
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      program,
      '--assume-in-transaction',
      '--pg-version=15.0',
      '--reporter=json',
      `--exclude=${excluded.join(',')}`,
      ...tags.map((tag) => `${tag}.sql`),
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  if (!stdout.startsWith('[')) throw new Error(`squawk does not run: ${stderr}`)
  const reported: Reported[] = JSON.parse(stdout)
  return reported.map(({ file, line, rule_name: rule, message, help }) => ({
    tag: file.replace(/\.sql$/, ''),
    line: line + 1,
    rule,
    message: [message, help].filter(Boolean).join(' '),
  }))
}
