import { setPriority } from 'node:os'
import sharp from 'sharp'
import { OUT_OF_MEMORY, type Message, type Outcome, type Task } from './child.ts'
import { FileRefused } from './images.ts'
import { inspectFile } from './inspect.ts'
import { makeVariants } from './variants.ts'

/** Of resident memory, over what the process has before its first task. What passes the look is of bounded size. */
const MAX_MEMORY_BYTES = 195_000_000
/** What is left of more than this after a task is in the way of the next. */
const WORN_BYTES = 30_000_000
const LOOK_MS = 10

// Nothing is decoded twice, and the server's own work goes first.
sharp.cache(false)
sharp.concurrency(1)
setPriority(10)
allowOnlyTakenKinds()

const base = process.memoryUsage.rss()
const grown = () => process.memoryUsage.rss() - base

process.on('message', (task: Task) => void run(task))
// Also when the server was killed.
process.on('disconnect', () => process.exit(0))

async function run(task: Task) {
  // Decoders run on threads of their own, so that this one is free to look.
  const watch = setInterval(() => {
    if (grown() > MAX_MEMORY_BYTES) process.exit(OUT_OF_MEMORY)
  }, LOOK_MS)
  const outcome = await perform(task).catch(toOutcome)
  clearInterval(watch)
  process.send?.({ ...outcome, isWorn: grown() > WORN_BYTES } satisfies Message)
}

async function perform(task: Task): Promise<Outcome> {
  if (task.verb === 'inspect') return { result: await inspectFile(task.file, task.declaredMime) }
  const onProgress = (progress: number) => void process.send?.({ progress } satisfies Message)
  return { result: await makeVariants(task.file, task.folder, onProgress) }
}

function toOutcome(error: unknown): Outcome {
  if (error instanceof FileRefused) return { refused: error.reason, message: error.message }
  if (!(error instanceof Error)) return { failed: String(error) }
  return { failed: error.message, ...('code' in error && { code: String(error.code) }) }
}

/** libvips reads many kinds; what looks like one that is taken must not reach the decoder of another. */
function allowOnlyTakenKinds() {
  sharp.block({ operation: ['VipsForeignLoad'] })
  const loaders = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((kind) => `VipsForeignLoad${kind}`)
  sharp.unblock({ operation: loaders })
}
