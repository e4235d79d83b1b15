import { fileURLToPath } from 'node:url'
import { startMailSink } from '@galley/testing/mail-sink'
import type { WebContext } from '@galley/web/host'
import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { openBrowser } from '../identity/identity-browser.ts'
import { signUp } from '../../people.ts'
import { useWorker } from '../../worker.ts'

describe('SITE_NAME, SITE_DESCRIPTION, SITE_LANGUAGE, SITE_LINKS, MAIL_FROM', async () => {
  const sink = await startMailSink()
  afterAll(() => sink.close())
  let context: WebContext | undefined
  const links = [{ label: 'Imprint', href: '/imprint' }]
  const on = useApp(
    {
      SITE_NAME: 'Orchard: Notes',
      SITE_DESCRIPTION: 'Of trees.',
      SITE_LANGUAGE: 'de-AT',
      SITE_LINKS: JSON.stringify(links),
      MAIL_FROM: 'Orchard <post@orchard.example>',
      SMTP_URL: sink.url,
    },
    {
      webBuild: {
        clientDir: fileURLToPath(new URL('../access', import.meta.url)),
        publicAddressOf: () => undefined,
        async fetch(_request, options) {
          context = options.context
          return new Response('page')
        },
      },
    },
  )
  useWorker(on)
  const settings = {
    name: 'Orchard: Notes',
    description: 'Of trees.',
    language: 'de-AT',
    links,
    logoUrl: null,
    signUp: 'readers',
  }

  test('reach the pages and the API', async () => {
    await on.app.inject('/')
    expect(context?.site).toEqual(settings)
    expect((await on.app.inject('/api/v1/site')).json()).toEqual(settings)
  })

  test('reach mails: subject, text and sender', async () => {
    const email = 'subscriber@example.com'
    await on.post('/trpc/users.create', {
      email,
      username: 'subscriber',
      displayName: 'Subscriber',
      password: 'seventeen blue herons',
    })
    const mail = await sink.mailTo(email)
    expect(mail.subject).toContain('Orchard: Notes')
    expect(mail.text).toContain('Orchard: Notes')
    expect(mail.from).toContain('post@orchard.example')
  })

  test('reach what authenticators and passkeys show', async () => {
    const browser = openBrowser(on, (await signUp(on)).cookie)
    const totp = await browser.post('/trpc/credentials.startTotp', {})
    const { uri } = totp.json().result.data
    expect(new URL(uri).searchParams.get('issuer')).toBe('Orchard Notes')
    const passkey = await browser.post('/trpc/passkeys.startRegistration', {})
    expect(JSON.stringify(passkey.json())).toContain('"name":"Orchard: Notes"')
  })
})
