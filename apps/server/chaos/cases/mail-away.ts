import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import { post } from '../../trials/calls.ts'
import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { breakSite, type Fault } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { type Site, startSite } from '../site.ts'
import { untilNothing } from '../watch.ts'

/** People ask for mails while the mail server is away, slow, or hangs up in the middle. */
export const trial: Trial = {
  title: 'The mail server down, slow and hanging up',
  async run(world) {
    const proxy = await startProxy(world, { port: 1 })
    const site = await startSite(world, {
      env({ mails }) {
        proxy.lead({ host: '127.0.0.1', port: Number(new URL(mails.url).port) })
        return { SMTP_URL: `smtp://127.0.0.1:${proxy.port}` }
      },
    })
    const addresses = await findAddresses(site)
    const asked: string[] = []
    const delivered: number[] = []
    const ask = async (count: number) => {
      for (const email of addresses.splice(0, count)) {
        asked.push(email)
        const response = await post(site, '/trpc/credentials.requestPasswordReset', { email })
        if (!response.ok) throw new Error(`It was not asked for: ${await response.text()}`)
      }
    }
    /** All that were asked for are there. */
    const end = async () => {
      proxy.delay(0)
      await proxy.open()
      delivered.push(await untilAllCame(site, asked))
    }
    const common = { forMs: world.short ? 3_000 : 15_000, refusals: [], end }
    const faults: Fault[] = [
      {
        ...common,
        name: 'down',
        async begin() {
          await proxy.close()
          await ask(10)
        },
      },
      {
        ...common,
        name: '0.7 s later, both ways',
        async begin() {
          proxy.delay(700)
          await ask(4)
        },
      },
      {
        ...common,
        name: 'hanging up five times a second',
        async begin() {
          proxy.delay(20)
          await ask(10)
          for (let n = 0; n < 25; n += 1) {
            proxy.cut()
            await sleep(200)
          }
        },
      },
    ]
    const findings = await breakSite(world, site, faults)
    return [
      ...findings,
      atMost('slowest to have sent all that waited', Math.max(...delivered) / 1_000, 60, ' s'),
      ...letters(site, asked),
    ]
  },
}

async function untilAllCame({ mails: { mails } }: Site, asked: string[]) {
  const begun = performance.now()
  await untilNothing('mails that did not come', async () => {
    const came = new Set(mails.map(({ to }) => to))
    return asked.filter((address) => !came.has(address))
  })
  return performance.now() - begun
}

/** A mail that was taken, but not confirmed, comes again: as the same letter. */
function letters({ mails: { mails } }: Site, asked: string[]) {
  const ofEach = asked.map((address) => mails.filter(({ to }) => to === address))
  const different = ofEach.map((some) => new Set(some.map(({ messageId }) => messageId)).size)
  const again = ofEach.filter((some) => some.length > 1).length
  return [
    equal(`letters to each of ${asked.length} people`, [...new Set(different)], [1]),
    atMost('of them that came more than once, each the same letter', again, 10),
  ]
}

async function findAddresses({ database }: Site) {
  await using operator = createDb(database.migrationUrl, { max: 1 })
  const rows = await operator.sql<{ email: string }[]>`
    select email from users where display_name = 'Somebody' order by id`
  return rows.map(({ email }) => email)
}
