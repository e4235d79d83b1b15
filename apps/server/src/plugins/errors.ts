import fastifyPlugin from 'fastify-plugin'
import { answerError } from '../errors/answer.ts'

/** The one error handler: every error that is not raised inside a tRPC call. */
export const errors = fastifyPlugin(
  (app, _options, done) => {
    app.setErrorHandler(answerError)
    done()
  },
  { name: 'errors', fastify: '5.x' },
)
