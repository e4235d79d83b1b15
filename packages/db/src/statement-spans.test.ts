import { expect, test } from 'vitest'
import { summarize } from './statement-spans.ts'

test.each([
  ['insert into "outbox" ("id") values ($1)', 'insert', 'insert outbox'],
  [
    'select "id" from "users" inner join "sessions" on true where x = $1 for update',
    'select',
    'select users sessions',
  ],
  ['update "users" set "name" = $1', 'update', 'update users'],
  ['delete from only pgboss.job', 'delete', 'delete pgboss.job'],
  [
    'with event as (insert into "outbox" (id) select $1 from run) select id from run',
    'insert',
    'insert outbox run',
  ],
  ['with a as (select 1 from b) select * from a', 'select', 'select b a'],
  ['  select pg_notify($1, $2)', 'select', 'select'],
  ['', '', ''],
])('%s is a word and its tables', (text, operation, summary) => {
  expect(summarize(text)).toEqual({ operation, summary })
})
