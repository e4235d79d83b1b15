import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { formOf } from '../test/platform/media/form.ts'

/** Fails the run with what should hold. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`it should hold that ${what}`)
}

const Named = z.object({ id: z.string() })
const State = z.object({ state: z.string() })
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
    /** A picture, until it is ready; its id. */
    async uploads(): Promise<string> {
      const headers = { authorization: `Bearer ${token}` }
      const url = `${originNow()}/api/v1/media`
      const body = formOf({ fields: { alt: 'A colour' } })
      const sent = await fetch(url, { method: 'POST', headers, body })
      const { id } = Named.parse(await sent.json())
      const giveUpAt = performance.now() + 60_000
      for (;;) {
        const { state } = State.parse(await (await fetch(`${url}/${id}`, { headers })).json())
        if (state === 'ready') return id
        expectThat(performance.now() < giveUpAt, `a picture is ready in a minute: ${state}`)
        await sleep(250)
      }
    },
    async sees(id: string) {
      const headers = { authorization: `Bearer ${token}` }
      const { status } = await fetch(`${originNow()}/media/${id}`, { headers })
      expectThat(status === 200, `the picture is there: ${status}`)
    },
    async isUnknown() {
      const status = await me(originNow())
      expectThat(status === 401, `the admin's token has ended: ${status}`)
    },
  }
}

export type Person = ReturnType<typeof personAt>
