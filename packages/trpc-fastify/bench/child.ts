import { z } from 'zod'
import { build, type ServerName, servers } from './servers.ts'

// One server in a process of its own, so that its CPU time is its alone: told on request.
const name = z.enum(Object.keys(servers) as [ServerName]).parse(process.argv[2])
const app = build(name)
const address = await app.listen({ host: '127.0.0.1', port: 0 })
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }))
process.on('disconnect', () => process.exit())
process.send?.({ address })
