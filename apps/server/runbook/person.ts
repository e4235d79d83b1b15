import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** Fails the run with what should hold. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`it should hold that ${what}`)
}

const Pair = z.object({ accessToken: z.string() })

/** Somebody with a password, who calls the API of the server that is up. */
export function personAt(originNow: () => string, account: { email: string; password: string }) {
  let token = ''
  const me = async (origin: string) => {
    const headers = { authorization: `Bearer ${token}` }
    const { status } = await fetch(`${origin}/api/v1/me`, { headers })
    return status
  }
  return {
    async signsIn() {
      const response = await fetch(`${originNow()}/api/v1/auth/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(account),
      })
      expectThat(response.ok, `the admin signs in: ${response.status}`)
      const pair = Pair.parse(await response.json())
      token = pair.accessToken
      await this.isKnown()
      return pair
    },
    async isKnown(origin = originNow()) {
      const status = await me(origin)
      expectThat(status === 200, `the admin's token is good at ${origin}: ${status}`)
    },
    /** What servers hear of each other takes effect within this time, as the document says. */
    async isKnownWithin(ms: number) {
      const giveUpAt = performance.now() + ms
      while ((await me(originNow())) !== 200 && performance.now() < giveUpAt) await sleep(50)
      await this.isKnown()
    },
    async isUnknown() {
      const status = await me(originNow())
      expectThat(status === 401, `the admin's token has ended: ${status}`)
    },
  }
}

export type Person = ReturnType<typeof personAt>
