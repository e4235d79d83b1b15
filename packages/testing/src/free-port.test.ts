import { once } from 'node:events'
import net from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './free-port.ts'

test('a port is none that the system chooses by itself, and is given once', async () => {
  const ports = []
  for (let n = 0; n < 50; n += 1) ports.push(await freePort())
  expect(new Set(ports).size).toBe(50)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

test('a port that somebody listens on is left out', async () => {
  const next = (await freePort()) + 1
  const other = net.createServer().listen(next, '127.0.0.1')
  await once(other, 'listening')
  expect(await freePort()).not.toBe(next)
  other.close()
})
