// A worker as a process of its own, to be killed: `node worker-process.ts <address of the database>`.
import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import { createJobs } from '../src/create-jobs.ts'
import { handle, silent } from './handle.ts'
import { longJob, paidJob } from './process-jobs.ts'

const url = process.argv[2] ?? ''
const database = createDb(url, { max: 8 })
const jobs = createJobs({ url, db: database.db })
const say = (line: string) => process.stdout.write(`${line}\n`)

const worker = jobs.startWorker({
  log: silent,
  reasonOf: String,
  failureOf: String,
  handlers: [
    handle(paidJob, async ({ n }, { once }) => {
      await database.sql`insert into starts (n) values (${n})`
      say('started')
      await sleep(50 + Math.random() * 100)
      await database.db.transaction(async (tx) => {
        if (await once(tx, 'pay')) await tx.execute(`insert into payments (n) values (${n})`)
      })
      say('paid')
      await sleep(50 + Math.random() * 100)
    }),
    handle(longJob, async (_payload, { attempt, signal }) => {
      say(`long ${attempt}`)
      await sleep(60_000, undefined, { signal })
    }),
  ],
})

process.on('SIGTERM', () => {
  worker.stop(2_000).then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
await worker.ready
say('ready')
