import { contractMajor } from './api.gen.ts'

/** How the contract that the server speaks differs from the one of this package. */
export type Skew = { built: number; server: number }

/** A `fetch` that says once when the server's API has changed in a way that breaks this client, or the other way round. */
export function watchingSkew(send: typeof fetch, onSkew: (skew: Skew) => void): typeof fetch {
  let isTold = false
  return async (input, init) => {
    const response = await send(input, init)
    const server = Number.parseInt(response.headers.get('galley-contract') ?? '', 10)
    if (!isTold && Number.isInteger(server) && server !== contractMajor) {
      isTold = true
      onSkew({ built: contractMajor, server })
    }
    return response
  }
}

export function warnOfSkew({ built, server }: Skew) {
  // oxlint-disable-next-line no-console -- the one place where nobody else would tell the developer
  console.warn(
    `@galley/client is made for contract ${built} of the API, the server speaks ${server}: update the older of the two.`,
  )
}
