import { fileURLToPath } from 'node:url'
import { callerNames, callers, type Outcome } from './callers.ts'
import { matrix } from './matrix.ts'
import { procedureOf } from './procedures.ts'
import type { Row } from './row.ts'

export const documentPath = fileURLToPath(new URL('../../../../../docs/access.md', import.meta.url))

/** `docs/access.md`: the matrix for people to read. */
export function accessDocument(): string {
  const slices = Map.groupBy(matrix, ({ procedure }) => procedure.split('.', 1)[0] ?? procedure)
  return `# Who may do what

Made of [the matrix](../apps/server/test/platform/access/matrix.ts) by \`pnpm --filter @galley/server access-doc\`. A test calls every
procedure as every caller over the real transport and database, ${matrix.length * callerNames.length} calls, and compares. It
also looks that a refused call changed nothing, that what the caller may not know of is answered byte for byte like what is not
there, and that nobody is shown the e-mail address of others. What has an address under \`/api/v1\` is called there too, and must
come to the same: decision, answer, writes and audit log.

"yes": the call is done. Anything else is the reason of its refusal. Where a call needs more than a caller (a right code, a
mailed link), the matrix makes it without, and the reason tells that it was let through to there. Sessions in it are fresh;
what is marked with * needs a sign-in or a step-up of the last ten minutes.

| caller | means |
| --- | --- |
${callerNames.map((name) => `| ${callers[name].title} | ${callers[name].means} |`).join('\n')}

A person who is an editor or an admin has an author's rights over their own things too. An editor manages readers and authors,
an admin everybody; the last active admin can neither step down nor be demoted or suspended. Somebody made a reader keeps their
drafts and cannot change what is published.
${[...slices].map(([slice, rows]) => section(slice, rows)).join('')}`
}

function section(slice: string, rows: Row[]) {
  const titles = callerNames.map((name) => callers[name].title)
  return `
## ${slice}

| procedure | scope | ${titles.join(' | ')} |
| --- | --- | ${titles.map(() => '---').join(' | ')} |
${rows.map(line).join('\n')}
`
}

function line({ procedure, on, expected }: Row) {
  const { scope, fresh } = procedureOf(procedure)
  const name = `\`${procedure}\`${fresh ? '*' : ''}${on ? ` ${on}` : ''}`
  const cells = callerNames.map((caller) => toText(expected[caller]))
  return `| ${[name, scope ?? 'none', ...cells].join(' | ')} |`
}

const toText = (outcome: Outcome) => (outcome === 'ok' ? 'yes' : outcome)
