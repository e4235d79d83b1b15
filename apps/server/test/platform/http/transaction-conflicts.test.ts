import { describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp()

/** The next so many inserts into `table` are what PostgreSQL ends to resolve a deadlock. */
async function failInserts(table: string, times: number, code = '40P01') {
  await on.database.asOperator(async (sql) => {
    await sql.unsafe(`
      create sequence if not exists fails;
      select setval('fails', 1, false); -- is not rolled back
      create or replace function fail() returns trigger security definer as $$
        begin
          if nextval('fails') <= ${times} then raise exception using errcode = '${code}'; end if;
          return new;
        end $$ language plpgsql;
      create or replace trigger fail before insert on ${table} execute function fail()`)
  })
}

const countOf = async (title: string) =>
  (await on.database.sql`select from notes where title = ${title}`).count

const create = (title: string, headers: Record<string, string>) =>
  on.post('/trpc/notes.create', { title }, headers)

describe.each(['40P01', '40001'])('%s', (code) => {
  test('once: the call is served, and done once', async () => {
    const { asBrowser } = await signUp(on)
    await failInserts('notes', 1, code)
    expect((await create(`Once ${code}`, asBrowser)).statusCode).toBe(200)
    expect(await countOf(`Once ${code}`)).toBe(1)
  })

  test('once, of a call with a key: its answer is kept', async () => {
    const { asBrowser } = await signUp(on)
    const headers = { ...asBrowser, 'idempotency-key': `key-${code}` }
    await failInserts('notes', 1, code)
    const first = await create(`Keyed ${code}`, headers)
    expect(first.statusCode).toBe(200)
    expect((await create(`Keyed ${code}`, headers)).body).toBe(first.body)
    expect(await countOf(`Keyed ${code}`)).toBe(1)
  })

  test('again and again: 503 with Retry-After, and nothing is done', async () => {
    const { asBrowser } = await signUp(on)
    await failInserts('notes', 1000, code)
    const refused = await create(`Never ${code}`, asBrowser)
    expect(refused.statusCode).toBe(503)
    expect(refused.headers['retry-after']).toBe('1')
    expect(refused.json()).toMatchObject({ error: { data: { reason: 'server/unavailable' } } })
    expect(await countOf(`Never ${code}`)).toBe(0)
  })
})

test('a statement outside of a transaction: 503 with Retry-After', async () => {
  const { email, password } = await signUp(on)
  await failInserts('sessions', 1000)
  const refused = await on.post('/trpc/sessions.create', { email, password })
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '1'])
})
