import { Readable } from 'node:stream'
import { createDiskStorage } from '../src/disk.ts'

// Puts an object into the folder that is named as its argument, and never comes to its end.
const body = new Readable({ read() {} })
body.push(Buffer.alloc(1_000_000))
setInterval(() => {}, 1000)
const storage = createDiskStorage({ folder: process.argv[2] ?? '' })
const put = storage.put('media/half', body, { contentType: 'text/plain' })
process.stdout.write('begun')
await put
