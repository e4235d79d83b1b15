import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { freePort } from '@galley/testing/free-port'
import { startMailPage } from '@galley/testing/mail-page'
import { startMailSink } from '@galley/testing/mail-sink'
import { startOpenIdProvider } from '@galley/testing/openid-provider'
import { startS3Server } from '@galley/testing/s3-server'
import { emailOf } from '../dev/seed/people.ts'
import { startSeededDatabase } from '../dev/seed/throw-away.ts'
import { site } from './site.ts'
import { startWatched } from './watched.ts'

/**
 * A throw-away Galley for browser tests: a database of its own, seeded, under the production build, its files in S3.
 * Says where it is on a line of its own; SIGTERM ends all of it.
 */
const ENCRYPTION_KEYS = `e2e:${randomBytes(32).toString('base64')}`
const database = await startSeededDatabase(ENCRYPTION_KEYS)
const sink = await startMailSink()
const mailPage = await startMailPage(sink)

const port = String(await freePort())
const origin = `http://localhost:${port}`
const store = await startS3Server({ origin })
const company = await startCompany(`${origin}/auth/company/callback`)
const server = startWatched(fileURLToPath(new URL('../src/main.ts', import.meta.url)), {
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: database.appUrl,
  ENCRYPTION_KEYS,
  SMTP_URL: sink.url,
  S3_BUCKET: store.options.bucket,
  S3_ENDPOINT: store.options.endpoint,
  S3_PATH_STYLE: 'yes',
  S3_ACCESS_KEY_ID: store.options.credentials.accessKeyId,
  S3_SECRET_ACCESS_KEY: store.options.credentials.secretAccessKey,
  OIDC_PROVIDERS: JSON.stringify([company.settings]),
  PORT: port,
  PUBLIC_ORIGIN: origin,
  SIGN_UP: 'open',
  SITE_NAME: site.name,
  SITE_DESCRIPTION: site.description,
  SITE_LANGUAGE: site.language,
  SITE_LINKS: JSON.stringify(site.links),
  RATE_LIMIT_PER_MINUTE: '100000',
  SHUTDOWN_DRAIN_MS: '0',
})
process.on('SIGTERM', () => server.kill('SIGTERM'))
process.on('SIGINT', () => server.kill('SIGINT'))

await untilReady(`${origin}/health/ready`)
console.log(
  `Galley for tests at ${origin}, mail at http://127.0.0.1:${mailPage.port}/dev/mail.json`,
)

// All tests come from one address, and sign in more often than it may in an hour.
const sql = postgres(database.migrationUrl, { max: 1 })
const forgetting = setInterval(() => {
  void sql`delete from throttles where key like 'address:%'`.catch(() => {})
}, 10_000)

await server.exit
await server.searchOutput('e2e')
clearInterval(forgetting)
await sql.end({ timeout: 1 })
mailPage.close()
await sink.close()
await company.close()
await store.close()
await database[Symbol.asyncDispose]()

/** A real OpenID provider, for signing in elsewhere: somebody new, and somebody whose address has an account here. */
async function startCompany(redirectUri: string) {
  const client = { id: 'galley', secret: randomBytes(16).toString('hex'), redirectUri }
  const accounts = [
    { sub: 'ada', email: 'ada@company.example', email_verified: true, name: 'Ada Company' },
    { sub: 'hana', email: emailOf('hana-yusuf'), email_verified: true, name: 'Hana' },
  ]
  const { issuer, close } = await startOpenIdProvider({ client, accounts })
  const at = { name: 'company', label: 'Company', issuer }
  return { settings: { ...at, clientId: client.id, clientSecret: client.secret }, close }
}

async function untilReady(address: string) {
  for (let tries = 0; tries < 200 && server.child.exitCode === null; tries++) {
    const ready = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Nothing responds at ${address}`)
}
