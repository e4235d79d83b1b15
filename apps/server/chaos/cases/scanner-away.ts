import { pngOf, pdfOf } from '@galley/platform/test/pictures'
import { eicar, noClamd, startTestClamd } from '@galley/testing/clamd'
import { equal, skipped, type Trial } from '../../trials/trial.ts'
import { breakSite, type Fault } from '../outage.ts'
import { startProxy } from '../proxy.ts'
import { startSite } from '../site.ts'
import { createUploads } from '../uploads.ts'

const infected = {
  content: pdfOf(`/Note(${eicar})`),
  name: 'infected.pdf',
  type: 'application/pdf',
}
const clean = { content: pngOf(120, 80), name: 'clean.png', type: 'image/png' }

/** ClamAV is away, frozen and slow while people upload. Nothing leaves quarantine that it has not seen. */
export const trial: Trial = {
  title: 'The virus scanner down, frozen and slow',
  async run(world) {
    if (noClamd) return [skipped('all of it', "needs Debian's clamav-daemon")]
    let clamd = await startTestClamd()
    world.ending.defer(() => clamd.kill())
    const proxy = await startProxy(world, { path: pathOf(clamd.address) })
    const site = await startSite(world, {
      env: () => ({ VIRUS_SCAN: `tcp://127.0.0.1:${proxy.port}` }),
    })
    const uploads = createUploads(site)
    const served: number[] = []
    const upload = async () => {
      const before = uploads.taken.length
      const statuses = [await uploads.send(clean), await uploads.send(infected)]
      const ids = uploads.taken.slice(before)
      served.push(...(await Promise.all(ids.map((id) => uploads.open(id)))))
      return [equal('uploads meanwhile', statuses, [201, 201])]
    }
    const common = { forMs: world.short ? 2_000 : 10_000, refusals: [], meanwhile: upload }
    const faults: Fault[] = [
      {
        ...common,
        name: 'killed',
        begin: () => clamd.kill(),
        async end() {
          clamd = await startTestClamd()
          proxy.lead({ path: pathOf(clamd.address) })
        },
      },
      { ...common, name: 'frozen', begin: () => clamd.pause(), end: () => clamd.resume() },
      {
        ...common,
        name: '1 s later, both ways',
        begin: () => proxy.delay(1_000),
        end: () => proxy.delay(0),
      },
    ]
    const findings = await breakSite(world, site, faults)
    const begun = performance.now()
    await uploads.settle(150_000)
    const states = await uploads.states()
    const ends = states.map(({ state, reason }) => (reason ? `${state}: ${reason}` : state))
    const opened = await Promise.all(uploads.taken.map((id) => uploads.open(id)))
    return [
      ...findings,
      equal('addresses of files that were not scanned', [...new Set(served)], [404]),
      equal(
        `all scanned after ${Math.round((performance.now() - begun) / 1_000)} s more`,
        ends.toSorted(),
        [...faults.map(() => 'ready'), ...faults.map(() => 'refused: media/infected')],
      ),
      equal(
        'their addresses then',
        opened,
        faults.flatMap(() => [200, 404]),
      ),
    ]
  },
}

const pathOf = (address: string) => address.replace('unix:', '')
