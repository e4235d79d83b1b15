import type { Migration } from '../src/migrate-journal.ts'
import type { Finding } from './findings.ts'
import type { Statement } from './statements.ts'

/** What is wrong with where the statements of a migration would run: in its transaction, in batches, or beside writers. */
export function modeFaults({ tag, batched, concurrent }: Migration, statements: Statement[]) {
  const fault = (line: number, message: string): Finding => ({ tag, line, rule: 'mode', message })
  if (batched) {
    const [one, second] = statements
    if (!one || second || one.kind !== 'SelectStmt') {
      return [fault(2, 'A migration `-- in batches` is one statement that selects the `next` id.')]
    }
  }
  return statements.flatMap(({ first, ...statement }) => {
    if (concurrent && !isRepeatable(statement)) {
      return [
        fault(
          first,
          'A migration `-- concurrently` has nothing but: create index concurrently if not exists, drop index concurrently if exists, validate constraint.',
        ),
      ]
    }
    if (!concurrent && isOutside(statement)) {
      return [
        fault(
          first,
          'It leaves writers alone only outside of the transaction: put it in a migration of its own whose second line is `-- concurrently`.',
        ),
      ]
    }
    return []
  })
}

type Bare = Pick<Statement, 'kind' | 'node'>
type Command = { AlterTableCmd?: { subtype?: string } }

/** Whether it works beside writers, by itself. */
function isOutside({ kind, node }: Bare): boolean {
  if (kind !== 'AlterTableStmt' || !Array.isArray(node['cmds'])) return node['concurrent'] === true
  // As the parser has it.
  const commands = node['cmds'] as Command[]
  return commands.every((each) => each.AlterTableCmd?.subtype === 'AT_ValidateConstraint')
}

/** Whether it may also run again after it was cut off. */
const isRepeatable = (statement: Bare) =>
  isOutside(statement) &&
  (statement.kind === 'AlterTableStmt' ||
    statement.node['if_not_exists'] === true ||
    statement.node['missing_ok'] === true)
