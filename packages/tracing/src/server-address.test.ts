import { expect, test } from 'vitest'
import { serverAddressOf } from './server-address.ts'

test.for([
  ['redis://someone:secret@redis.example:7000/3', 'redis.example', 7000],
  ['postgres://someone:secret@[::1]/galley?sslmode=require', '::1', 5432],
  ['unix:/run/clamav/clamd.ctl', '/run/clamav/clamd.ctl', undefined],
] as const)('%s', ([url, address, port]) => {
  expect(serverAddressOf(url, 5432)).toEqual({
    'server.address': address,
    ...(port && { 'server.port': port }),
  })
})
