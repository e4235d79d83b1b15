import fastifyPlugin from 'fastify-plugin'
import type { Gate } from '../load-shedding/gate.ts'

/** Runs the gate in front of the server while it listens. One line tells of many refusals: lines cost time, too. */
export const loadShedding = fastifyPlugin(
  (app, { gate }: { gate: Gate }, done) => {
    app.addHook('onReady', async () => {
      gate.start((report) => app.log.warn(report, 'requests refused: too many at once'))
    })
    app.addHook('onClose', async () => gate.stop())
    done()
  },
  { name: 'load-shedding', fastify: '5.x' },
)
