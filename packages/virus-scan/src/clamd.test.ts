import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { eicar, noClamd, startTestClamd } from '@galley/testing/clamd'
import { freePort } from '@galley/testing/free-port'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createClamdScanner } from './clamd.ts'
import { noVirusScanner } from './virus-scanner.ts'

const body = (...parts: (string | Buffer)[]) =>
  Readable.from(parts.map((part) => Buffer.from(part)))
const unavailable = (message: RegExp) =>
  expect.objectContaining({ name: 'ScannerUnavailable', message: expect.stringMatching(message) })

test('without a scanner nothing is scanned, and it says so', async () => {
  const file = body(eicar)
  expect(await noVirusScanner.scan(file)).toEqual({ verdict: 'unscanned' })
  expect(file.destroyed).toBe(true)
})

describe.skipIf(noClamd)(`ClamAV's daemon${noClamd}`, () => {
  let clamd: Awaited<ReturnType<typeof startTestClamd>>
  beforeAll(async () => {
    clamd = await startTestClamd()
  })
  afterAll(() => clamd.kill())
  const scanner = (timeoutMs?: number) => createClamdScanner({ address: clamd.address, timeoutMs })

  test.each([
    ['nothing', body()],
    ['one chunk', body('hello')],
    ['many', body(...Array.from({ length: 40 }, () => Buffer.alloc(100_000, 'x')))],
  ])('passes %s', async (_, file) => {
    expect(await scanner().scan(file)).toEqual({ verdict: 'clean' })
    expect(file.destroyed).toBe(true)
  })

  test.each([
    ['as it is', body(eicar)],
    ['in pieces', body(...eicar.split(/(?<=-)/))],
    ['behind a megabyte', body(Buffer.alloc(1_000_000, ' '), eicar)],
  ])('finds EICAR %s', async (_, file) => {
    expect(await scanner().scan(file)).toEqual({
      verdict: 'infected',
      signature: expect.stringContaining(clamd.signature),
    })
  })

  test('a file over its limit was not scanned', async () => {
    const file = body(...Array.from({ length: 100 }, () => Buffer.alloc(100_000, 'x')))
    // It closes behind its reply, which may be lost with what was still on the way to it.
    const name = expect.stringMatching(/^(TooLargeToScan|ScanBrokenOff)$/)
    await expect(scanner().scan(file)).rejects.toMatchObject({
      name,
      message: expect.stringContaining('StreamMaxLength'),
    })
    expect(file.destroyed).toBe(true)
  })

  test('a file that it looks at in part only is not clean, set up as the documents say', async () => {
    const settings = 'MaxFileSize 1M\nAlertExceedsMax yes\n'
    const strict = await startTestClamd({ more: settings })
    onTestFinished(() => strict.kill())
    const { scan } = createClamdScanner({ address: strict.address })
    expect(await scan(Readable.from([Buffer.alloc(2_000_000)]))).toMatchObject({
      verdict: 'infected',
    })
  })

  test('many scans at once do not mix', async () => {
    const files = Array.from({ length: 12 }, (_, at) => body(at % 3 === 0 ? eicar : 'hello'))
    const verdicts = await Promise.all(files.map((file) => scanner().scan(file)))
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(
      files.map((_, at) => (at % 3 === 0 ? 'infected' : 'clean')),
    )
  })

  test('a file that breaks off was not scanned', async () => {
    const file = Readable.from(
      (async function* () {
        yield Buffer.from('hello')
        throw new Error('the storage is gone')
      })(),
    )
    await expect(scanner().scan(file)).rejects.toThrow('the storage is gone')
  })

  test('one that hangs is unavailable, and is asked again when it is back', async () => {
    clamd.pause()
    try {
      await expect(scanner(300).scan(body('hello'))).rejects.toEqual(unavailable(/in time/))
    } finally {
      clamd.resume()
    }
    expect(await scanner().scan(body('hello'))).toEqual({ verdict: 'clean' })
  })
})

describe('a scanner in trouble', () => {
  test.each([
    ['says nothing', (socket: Socket) => void socket.resume(), /in time/],
    ['closes at once', (socket: Socket) => void socket.destroy(), /broke off/],
    ['closes after the file', (socket: Socket) => void socket.resume().end(), /broke off/],
    ['says nonsense', reply('hello\0'), /said "hello"/],
    ['says that it failed', reply('stream: Can’t allocate memory ERROR\0'), /said "stream: Can/],
    ['says OK of something else', reply('other: OK\0'), /said "other: OK"/],
    ['says it late in a line', reply('x\nstream: OK\0'), /said "x/],
    ['never stops', reply('x'.repeat(100_000)), /said "xxx/],
    ['says an endless name', reply(`stream: ${'x'.repeat(3000)} FOUND\0`), /said "stream: xxx/],
  ])('that %s is unavailable', async (_, answer, message) => {
    const file = body('hello')
    await expect(scannerAt(await serve(answer)).scan(file)).rejects.toEqual(unavailable(message))
    expect(file.destroyed).toBe(true)
  })

  test('that finds a file too large says so, also while it is sent', async () => {
    const file = new Readable({ read() {} })
    file.push(Buffer.alloc(100_000))
    const server = await serve(reply('INSTREAM size limit exceeded. ERROR\0'))
    await expect(scannerAt(server).scan(file)).rejects.toMatchObject({ name: 'TooLargeToScan' })
    expect(file.destroyed).toBe(true)
  })

  test('that breaks off on a file, and responds to others, has that file to blame', async () => {
    const server = await serve((socket) => {
      socket.once('data', (data: Buffer) => {
        if (data.includes('zPING\0')) socket.end('PONG\0')
        else socket.destroy()
      })
    })
    await expect(scannerAt(server).scan(body('hello'))).rejects.toMatchObject({
      name: 'ScanBrokenOff',
      message: expect.stringContaining('StreamMaxLength'),
    })
  })

  test('that is away is unavailable', async () => {
    const scanner = createClamdScanner({ address: `tcp://127.0.0.1:${await freePort()}` })
    const file = body('hello')
    await expect(scanner.scan(file)).rejects.toEqual(unavailable(/cannot be reached/))
    expect(file.destroyed).toBe(true)
    const nowhere = createClamdScanner({ address: 'unix:/nowhere/clamd.ctl' })
    await expect(nowhere.scan(body('x'))).rejects.toEqual(unavailable(/cannot be reached/))
  })

  test('nobody waits once a scan is aborted', async () => {
    const server = await serve((socket) => void socket.resume())
    const stop = new AbortController()
    const scan = createClamdScanner({ address: addressOf(server) }).scan(body('x'), {
      signal: stop.signal,
    })
    await once(server, 'connection')
    stop.abort(new Error('enough'))
    await expect(scan).rejects.toThrow('enough')
    const aborted = body('x')
    const late = scannerAt(server).scan(aborted, { signal: stop.signal })
    await expect(late).rejects.toThrow('enough')
    expect(aborted.destroyed).toBe(true)
  })

  test('by TCP a file goes in chunks with their length in front', async () => {
    const seen: Buffer[] = []
    const server = await serve((socket) => {
      socket.on('data', (data: Buffer) => {
        seen.push(data)
        if (Buffer.concat(seen).subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0')
      })
    })
    expect(await scannerAt(server).scan(body('hello'))).toEqual({ verdict: 'clean' })
    expect(Buffer.concat(seen).toString('latin1')).toBe('zINSTREAM\0\0\0\0\x05hello\0\0\0\0')
  })
})

const addressOf = (server: Server) => `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`

const scannerAt = (server: Server) =>
  createClamdScanner({ address: addressOf(server), timeoutMs: 500 })

function reply(text: string) {
  return (socket: Socket) => void socket.resume().write(text)
}

async function serve(answer: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    answer(socket)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return server
}
