import { quantile, load } from '../../bench/load.ts'
import { watchLiveness } from '../../bench/overload/liveness.ts'
import { offer } from '../../bench/overload/offer.ts'
import { atLeast, atMost, type Trial } from '../../trials/trial.ts'

const calls = [{ method: 'GET', path: '/' }] as const

/** Five times as many pages as can be served, by connections that are kept and by new ones. */
export const trial: Trial = {
  title: 'Five times the pages that can be served',
  async run({ startGalley, short }) {
    const { origin } = await startGalley()
    const seconds = short ? 4 : 15
    await load({ origin, calls: [...calls], connections: 16, seconds: 3 })
    const peak = await load({ origin, calls: [...calls], connections: 16, seconds })
    const perSecond = (5 * peak.served) / peak.seconds
    const findings = []
    for (const connections of ['kept', 'fresh'] as const) {
      const alive = watchLiveness(origin)
      const answers = await offer(origin, [...calls], { perSecond, seconds, connections })
      const { kept, fresh } = await alive.stop()
      const waits = answers.filter(({ status }) => status === 200).map(({ ms }) => ms)
      const probes = [...kept, ...fresh].map(({ ms }) => ms)
      const goodput = (waits.length / seconds / (perSecond / 5)) * 100
      findings.push(
        // What a quiet machine holds is in docs/performance.md; here the load takes the same cores.
        atLeast(`${connections}: served, of the peak`, goodput, 50, ' %'),
        atMost(`${connections}: p99 of what is served`, quantile(waits, 0.99), 2_000, ' ms'),
        atMost(`${connections}: p99 of liveness`, quantile(probes, 0.99), 1_000, ' ms'),
      )
    }
    return findings
  },
}
