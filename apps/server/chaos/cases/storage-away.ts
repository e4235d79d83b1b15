import { setTimeout as sleep } from 'node:timers/promises'
import { startS3Server } from '@galley/testing/s3-server'
import { equal, type Finding, type Trial } from '../../trials/trial.ts'
import { breakSite, type Fault } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { startSite } from '../site.ts'
import { createUploads } from '../uploads.ts'
import type { Ready } from '../watch.ts'

/** The store of files (S3) is away, slow, and breaks off in the middle, while people upload and look at pictures. */
export const trial: Trial = {
  title: 'The store of files down, slow and breaking off',
  async run(world) {
    const s3 = await startS3Server()
    world.ending.defer(s3.close)
    const proxy = await startProxy(world, { host: '127.0.0.1', port: portOf(s3.options.endpoint) })
    const site = await startSite(world, {
      env: () => ({
        S3_BUCKET: s3.options.bucket,
        S3_ENDPOINT: `http://127.0.0.1:${proxy.port}`,
        S3_PATH_STYLE: 'yes',
        S3_ACCESS_KEY_ID: s3.options.credentials.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.options.credentials.secretAccessKey,
      }),
    })
    const uploads = createUploads(site)
    await uploads.send()
    await uploads.settle(30_000)
    const forMs = world.short ? 2_000 : 10_000
    const faults: Fault[] = [
      {
        name: 'down',
        forMs,
        begin: proxy.close,
        end: proxy.open,
        shows: withoutStorage,
        async meanwhile() {
          const statuses = [await uploads.send(), await uploads.send()]
          return [equal('uploads meanwhile', statuses, [503, 503])]
        },
      },
      {
        name: '1 s later, both ways',
        forMs,
        begin: () => proxy.delay(1_000),
        end: () => proxy.delay(0),
        shows: withoutStorage,
        async meanwhile() {
          return inTurn('slow', [await uploads.send(), await uploads.send()])
        },
      },
      {
        name: 'breaking off ten times a second',
        forMs: 0,
        async begin() {
          proxy.delay(10)
          const sending = Promise.all(Array.from({ length: 10 }, () => uploads.send()))
          for (let n = 0; n < 50; n += 1) {
            proxy.cut()
            await sleep(100)
          }
          statuses.push(...(await sending))
        },
        end: () => proxy.delay(0),
      },
    ]
    const statuses: number[] = []
    const findings = await breakSite(world, site, faults)
    await uploads.settle(150_000)
    const states = await uploads.states()
    const opened = await Promise.all(uploads.taken.map((id) => uploads.open(id)))
    return [
      ...findings,
      ...inTurn('broken off', statuses),
      equal(
        `of ${uploads.taken.length} acknowledged files: their states`,
        [...new Set(states.map(({ state }) => state))],
        ['ready'],
      ),
      equal('their addresses answer', [...new Set(opened)], [200]),
      equal('files half taken', await uploads.countOthers(), 0),
      equal('objects that no file knows', await uploads.unknown(await s3.listAll()), []),
    ]
  },
}

const portOf = (url: string) => Number(new URL(url).port)

const withoutStorage = ({ status, parts }: Ready) =>
  status === 200 && parts.storage !== undefined && parts.storage !== 'ok'

/** Taken, or refused in a way that says to come again. */
function inTurn(name: string, statuses: number[]): Finding[] {
  const wrong = statuses.filter((status) => status !== 201 && status !== 503)
  const taken = statuses.filter((status) => status === 201).length
  return [
    equal(`${name}: ${statuses.length} uploads, ${taken} taken; neither taken nor 503`, wrong, []),
  ]
}
