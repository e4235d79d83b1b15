import type { AppRouter } from '@galley/api/root'
import { startMailSink } from '@galley/testing/mail-sink'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { afterAll, beforeAll } from 'vitest'
import { useApp } from '../../app.ts'
import { useWorker } from '../../worker.ts'

export type TypedClient = ReturnType<typeof createClient>

/** The real app on a port, its mail, and clients of it. */
export async function useTypedClients() {
  const sink = await startMailSink()
  const on = useApp({
    PUBLIC_ORIGIN: 'http://localhost:3000',
    CORS_ORIGINS: '',
    SMTP_URL: sink.url,
  })
  useWorker(on)
  afterAll(() => sink.close())
  let address = ''
  beforeAll(async () => {
    address = await on.app.listen({ host: '127.0.0.1', port: 0 })
  })
  return {
    newClient: () => createClient(address),
    /** Signs up, follows the link of the mail, signs in. */
    async join(client: TypedClient, username: string) {
      const account = { email: `${username}@example.com`, password: 'seventeen blue herons' }
      await client.users.create.mutate({ ...account, username, displayName: username })
      const mail = await sink.mailTo(account.email)
      const [, token = ''] = /\/verify-email\?token=([\w-]+)/.exec(mail.text) ?? []
      await client.users.verifyEmail.mutate({ token, password: account.password })
      await client.sessions.create.mutate(account)
    },
  }
}

/** A typed client that keeps cookies, as a program outside a browser would. */
function createClient(address: string) {
  let cookie = ''
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${address}/trpc`,
        headers: () => (cookie ? { cookie, origin: 'http://localhost:3000' } : {}),
        async fetch(url, options) {
          const response = await fetch(url, options as RequestInit)
          const given = response.headers
            .getSetCookie()
            .find((one) => one.startsWith('galley-session='))
          if (given) cookie = given.split(';')[0] ?? ''
          return response
        },
      }),
    ],
  })
}
