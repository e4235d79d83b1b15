import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createSlowReaders } from './connections.ts'

/** More than the buffers of two sockets hold. */
const large = Buffer.alloc(64 * 1024 * 1024)

async function serve(onResponse: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => {
    onResponse(response)
    response.end(large)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('RE7 who does not take the answer is cut off, however long the connection might stay', async () => {
  const readers = createSlowReaders(50, 10)
  const answered = Promise.withResolvers<ServerResponse>()
  const port = await serve((response) => {
    response.once('prefinish', () => readers.watch(response))
    answered.resolve(response)
  })
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('GET / HTTP/1.1\r\nHost: galley.test\r\n\r\n')
  const response = await answered.promise
  await once(response, 'close')
  expect(response.writableFinished).toBe(false)
  socket.destroy()
  readers.stop()
})

test('who takes it in time is left alone', async () => {
  const readers = createSlowReaders(60_000, 10)
  const port = await serve((response) => {
    response.once('prefinish', () => readers.watch(response))
  })
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect((await answer.arrayBuffer()).byteLength).toBe(large.byteLength)
  readers.stop()
})
