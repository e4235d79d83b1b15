import { request } from 'node:http'
import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { watch } from '../../trials/calls.ts'

/** A pattern of the content type that looks back takes a tenth of a second for each of these. */
export const trial: Trial = {
  title: 'Long headers that a pattern could stumble over',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const watching = watch(galley)
    const begun = performance.now()
    const statuses = new Set<number | undefined>()
    for (let n = 0; n < (short ? 100 : 500); n += 1) {
      statuses.add(await send(galley.origin, `application/json${' '.repeat(15_500)}x`))
    }
    const each = (performance.now() - begun) / (short ? 100 : 500)
    const { slowestMs } = await watching.stop()
    return [
      equal('statuses', [...statuses], [415]),
      atMost('each of them', each, 30, ' ms'),
      atMost('slowest liveness', slowestMs, 500, ' ms'),
    ]
  },
}

const send = (origin: string, contentType: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': contentType, 'content-length': 2 }
    request(`${origin}/trpc/sessions.create`, { method: 'POST', headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
      .once('error', reject)
      .end('{}')
  })
