import { AsyncLocalStorage } from 'node:async_hooks'
import type { AppDeps } from './ctx.ts'

const holding = new AsyncLocalStorage<boolean>()

/** Runs work that holds a connection to the database, of which there are few. */
export const whileHolding = <Result>(work: () => Promise<Result>): Promise<Result> =>
  holding.run(true, work)

/**
 * The same adapters, but those that may take long refuse to work while a connection is held: a few slow calls would
 * keep everybody else from the database.
 */
export function refuseWhileHolding<Deps extends AppDeps>(deps: Deps): Deps {
  return {
    ...deps,
    mailer: guard(deps.mailer, 'send'),
    storage: guard(deps.storage, 'put', 'get', 'head', 'delete', 'sweep'),
    images: guard(deps.images, 'inspect', 'makeVariants'),
    virusScanner: guard(deps.virusScanner, 'scan'),
    passwords: guard(deps.passwords, 'hash', 'verify'),
    passwordRules: guard(deps.passwordRules, 'check'),
    identityProviders: deps.identityProviders.map((provider) =>
      guard(provider, 'begin', 'finish', 'revoke'),
    ),
  }
}

/** The adapter, whose methods named in `slow` throw inside `transact`. */
export function guard<Adapter extends object>(
  adapter: Adapter,
  ...slow: (keyof Adapter)[]
): Adapter {
  return new Proxy(adapter, {
    get(target, name) {
      if (holding.getStore() && slow.some((one) => one === name)) {
        throw new Error(`${String(name)} may take long, and a connection is held`)
      }
      return Reflect.get(target, name)
    },
  })
}
