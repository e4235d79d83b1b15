import { expect, test } from 'vitest'
import { BootError, bootProblem } from './boot-error.ts'

const coded = (code: string, more = {}) => Object.assign(new Error('raw'), { code, ...more })

test.for([
  [new BootError('a reason\nover lines'), 'a reason over lines'],
  [coded('EADDRINUSE', { port: 3000 }), 'port 3000 is in use. Stop what runs there, or set PORT.'],
  [coded('EACCES', { port: 80 }), 'port 80 may not be opened by this user. Set PORT.'],
  [coded('28P01'), 'DATABASE_URL: the database refuses this user or password (28P01).'],
  [coded('3D000'), 'DATABASE_URL: there is no database of this name (3D000).'],
  [coded('ECONNREFUSED'), 'DATABASE_URL: the database does not answer (ECONNREFUSED).'],
  [
    new Error('Failed query', { cause: coded('CONNECT_TIMEOUT') }),
    'DATABASE_URL: the database does not answer (CONNECT_TIMEOUT).',
  ],
  [
    new AggregateError([coded('ECONNREFUSED')]),
    'DATABASE_URL: the database does not answer (ECONNREFUSED).',
  ],
  [
    new Error('Client network socket disconnected before secure TLS connection was established'),
    'DATABASE_URL: the database offers no TLS. Switch it on there, or end the address in ?sslmode=disable.',
  ],
  ['thrown text', 'thrown text'],
] as const)('%s', ([error, line]) => {
  expect(bootProblem(error)).toBe(line)
})
