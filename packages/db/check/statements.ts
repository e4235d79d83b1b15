import { parse } from 'libpg-query'

type Relation = { schemaname?: string; relname?: string }

/** A statement of a migration, as PostgreSQL's own parser reads it. */
export type Statement = {
  /** `IndexStmt`, `AlterTableStmt` and so on. */
  kind: string
  /** What the parser says of it. */
  node: Record<string, unknown>
  /** The table that it is about, without its schema. */
  table: string | undefined
  /** Lines of the file, from 1 on, comments above it left out. */
  first: number
  last: number
}

/** The statements of a file. Throws where PostgreSQL would not understand one. */
export async function parseStatements(text: string): Promise<Statement[]> {
  const bytes = Buffer.from(text)
  const { stmts = [] } = await parse(text)
  return stmts.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    const [[kind, value] = []] = Object.entries(stmt ?? {})
    if (kind === undefined) return []
    const end = length === undefined ? bytes.length : start + length
    const own = bytes.subarray(start, end).toString()
    const leading = /^(?:\s|--[^\n]*\n)*/.exec(own)?.[0] ?? ''
    const first = lineAt(bytes, start) + count(leading)
    const last = lineAt(bytes, start) + count(own.trimEnd())
    // The parser types each kind by itself; which it is is looked at where its fields are read.
    const node = value as Record<string, unknown>
    return [{ kind, node, table: tableOf(node), first, last }]
  })
}

const count = (text: string) => text.split('\n').length - 1

const lineAt = (bytes: Buffer, offset: number) => 1 + count(bytes.subarray(0, offset).toString())

function tableOf({ relation }: Record<string, unknown>): string | undefined {
  // A range of the parser, where there is one.
  return (relation as Relation | undefined)?.relname
}
