import { styleText } from 'node:util'
import { demoAccounts } from './seed/people.ts'

type Facts = { port: number; readyMs: number; ownsDatabase: boolean }

/** What a person needs to know once everything is up. */
export function banner({ port, readyMs, ownsDatabase }: Facts): string {
  const origin = `http://localhost:${port}`
  const accounts = demoAccounts.map(({ email, password, role }) => `${email}  ${password}  ${role}`)
  const rows = [
    ['Open', styleText('cyan', origin)],
    ['API', styleText('cyan', `${origin}/api/reference`)],
    ['Mail', styleText('cyan', `${origin}/dev/mail`)],
    ['Sign in', accounts[0] ?? ''],
    ...accounts.slice(1).map((account) => ['', account]),
    ['Data', ownsDatabase ? '.galley/postgres' : 'the database in DATABASE_URL'],
    ['Stop', 'Ctrl-C'],
  ]
  const lines = rows.map(([label = '', text = '']) => `  ${label.padEnd(9)}${text}`)
  const title = styleText('bold', `Galley is ready in ${(readyMs / 1000).toFixed(1)} s`)
  return `\n  ${title}\n\n${lines.join('\n')}\n`
}
