import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type TransactionSql } from 'postgres'
import { equal, type Trial } from '../../trials/trial.ts'
import { post, signIn } from '../../trials/calls.ts'

/** Another writer takes the same new tags the other way round: PostgreSQL ends one of the two. */
export const trial: Trial = {
  title: 'Writers that wait for each other',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const writer = await signIn(galley, 'aiko-tanabe')
    const sql = postgres(galley.database.appUrl, { max: 4, onnotice: () => {} })
    const statuses = await Promise.all(Array.from({ length: short ? 4 : 20 }, (_, n) => crossed(n)))
    await sql.end()
    return [equal('articles', [...new Set(statuses)], [200])]

    /** The article waits first and is the one that is ended, unless the machine is too slow for that. */
    async function crossed(n: number) {
      const [first, last] = [`a-tag-${n}`, `z-tag-${n}`]
      let writing: Promise<Response> | undefined
      const crossing = sql.begin(async (tx) => {
        await take(tx, last)
        const article = { title: `Crossed ${n}`, tags: [first, last] }
        writing = post(galley, '/trpc/articles.create', article, writer)
        await untilAwaited(tx)
        await take(tx, first)
      })
      await crossing.catch(() => {})
      return (await writing)?.status
    }
  },
}

const take = (tx: TransactionSql, slug: string) =>
  tx`insert into tags (id, slug) values (gen_random_uuid(), ${slug})`

async function untilAwaited(tx: TransactionSql) {
  const waiting = () =>
    tx`select from pg_locks where not granted and transactionid = pg_current_xact_id()::xid`
  while ((await waiting()).count === 0) await sleep(50)
}
