import postgres from 'postgres'

/** Runs statements as the operator, who may make tables. */
export async function administer(adminUrl: string, statements: string[]) {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    for (const statement of statements) await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
