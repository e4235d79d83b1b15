import { createDb } from '@galley/db/client'

/** What is wrong with the comments of the traffic: those that were acknowledged and are lost, and those that are there twice. */
export async function compareLedger(url: string, ledger: ReadonlySet<string>) {
  await using database = createDb(url, { max: 1 })
  const rows = await database.sql<{ body: string; count: number }[]>`
    select body, count(*)::int from comments where starts_with(body, 'Ledger ') group by body`
  const counts = new Map(rows.map(({ body, count }) => [body, count]))
  const lost = [...ledger].filter((body) => !counts.has(body)).length
  const doubled = rows.filter(({ count }) => count > 1).length
  return [
    ...(lost > 0 ? [`${lost} acknowledged comments are lost`] : []),
    ...(doubled > 0 ? [`${doubled} comments are there twice`] : []),
  ]
}
