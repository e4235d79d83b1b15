// Started by tests as a process of its own: starts a cluster, says so, ends it when its input ends.
import { text } from 'node:stream/consumers'
import { startCluster } from '../src/cluster.ts'

const cluster = await startCluster({ dataDir: process.argv[2] ?? '' })
const { pid, port, adopted } = cluster
process.stdout.write(`${JSON.stringify({ pid, port, adopted })}\n`)
await text(process.stdin)
await cluster.stop()
