import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../bench/publishing/scale/processes.ts'
import { emailOf } from '../../dev/seed/people.ts'
import { post } from '../../trials/calls.ts'
import type { Site } from './site.ts'

/** Mailed links by which people of the demonstration publication choose another password. */
export function createLinks(site: Site) {
  return {
    /** Asks for one; resolves to its token when it has come. */
    async ask(username: string): Promise<string> {
      const email = emailOf(username)
      const response = await send(site, 'requestPasswordReset', { email })
      if (!response.ok) throw new Error(`No link: ${await response.text()}`)
      let token: string | undefined
      await until(async () => {
        const texts = site.mails.mails.flatMap((mail) => (mail.to === email ? [mail.text] : []))
        token = /reset-password\?token=([\w-]+)/.exec(texts.join('\n'))?.[1]
        return token !== undefined
      })
      if (!token) throw new Error('There is no link')
      return token
    },
    /** Follows it twice; what is said to each. */
    async follow(token: string): Promise<number[]> {
      const statuses = []
      for (const password of ['nine quiet lighthouses', 'ten quiet lighthouses']) {
        const response = await send(site, 'resetPassword', { token, password })
        await response.body?.cancel()
        statuses.push(response.status)
      }
      return statuses
    },
  }
}

/** Again where a busy server says so. */
async function send(site: Site, name: string, input: object) {
  for (;;) {
    const response = await post(site, `/trpc/credentials.${name}`, input)
    if (response.status !== 503) return response
    await response.body?.cancel()
    await sleep(500)
  }
}
