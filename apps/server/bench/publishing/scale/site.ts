import { createHash, randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDb } from '@galley/db/client'
import { formOf } from '../../../test/platform/media/form.ts'
import { until } from './processes.ts'
import type { Person } from './traffic.ts'

const PEOPLE = 48
const AT_ONCE = 4

/** People with sessions, articles that they have published, and a picture, made over the API of the running site. */
export async function fillSite(origin: string, databaseUrl: string, count = 100) {
  const people = await addPeople(databaseUrl, PEOPLE)
  const articles = await publishArticles(origin, people, count)
  const [owner] = people
  if (!owner) throw new Error('Nobody is there')
  return { people, articles, media: { path: await addPicture(owner), owner } }

  async function addPicture(owner: Person) {
    const headers = headersOf(origin, owner)
    const request = { method: 'POST', headers, body: formOf({ fields: { alt: 'A colour' } }) }
    const response = await fetch(`${origin}/api/v1/media`, request)
    const text = await response.text()
    if (!response.ok) throw new Error(`A picture was not taken: ${text}`)
    const { id } = JSON.parse(text)
    await until(async () => {
      const found = await fetch(`${origin}/api/v1/media/${id}`, { headers })
      const { state }: { state?: string } = JSON.parse(await found.text())
      return state === 'ready'
    })
    return `/media/${id}`
  }
}

type Published = { id: string; slug: string; version: number; title: string }

/** As many articles as wanted, of one person after the other. */
export async function publishArticles(origin: string, people: readonly Person[], count: number) {
  const articles: Published[] = []
  for (let n = 0; n < count; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - n) }, (_, at) => publish(n + at))
    articles.push(...(await Promise.all(some)))
  }
  return articles

  async function publish(n: number): Promise<Published> {
    const author = people[n % people.length]
    const title = `An article about subject${n % 50}, number ${n}`
    const body = `Of subject${n % 50}. ${'A line of an article about engines. '.repeat(40)}`
    const { id, version } = await call('articles.create', { title, body }, author)
    return call('articles.publish', { id, version }, author)
  }

  async function call(path: string, input: object, person: Person | undefined) {
    const headers = {
      ...headersOf(origin, person),
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    }
    const request = { method: 'POST', headers, body: JSON.stringify(input) }
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${origin}/trpc/${path}`, request)
      const text = await response.text()
      if (response.ok) return JSON.parse(text).result.data
      // A server that has just started on a busy machine, or still works on what it did not answer in time.
      if (![409, 503].includes(response.status) || tries === 50) throw new Error(`${path}: ${text}`)
      await sleep(200)
    }
  }
}

function headersOf(origin: string, person: Person | undefined) {
  return { cookie: person?.cookie ?? '', origin, 'sec-fetch-site': 'same-origin' }
}

type Added = Person & { id: string; username: string }

export async function addPeople(databaseUrl: string, count: number): Promise<Added[]> {
  await using database = createDb(databaseUrl, { max: 1 })
  const { sql } = database
  const people = Array.from({ length: count }, () => {
    const id = randomUUIDv7()
    const username = `p${id.replaceAll('-', '').slice(-20)}`
    return { id, username, token: randomBytes(32).toString('base64url') }
  })
  const ids = people.map(({ id }) => id)
  const hashes = people.map(({ token }) => createHash('sha256').update(token).digest('hex'))
  await sql`
    insert into users (id, email, username, display_name, role, email_verified_at)
    select id, id || '@example.com', 'p' || right(replace(id::text, '-', ''), 20), 'Somebody', 'author', now()
    from unnest(${ids}::uuid[]) as person (id)`
  await sql`
    insert into sessions (id, user_id, expires_at, absolute_expires_at)
    select id, user_id, now() + interval '1 day', now() + interval '1 day'
    from unnest(${hashes}::text[], ${ids}::uuid[]) as session (id, user_id)`
  return people.map(({ token, ...person }) => ({
    ...person,
    cookie: `galley-session=${token}`,
    wrote: '',
  }))
}
