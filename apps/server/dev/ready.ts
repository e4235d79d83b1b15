import { setTimeout as sleep } from 'node:timers/promises'
import { BootError } from '../src/boot-error.ts'

const PATIENCE_MS = 90_000
const PAUSE_MS = 50

/** Resolves once `address` answers with success; throws BootError when it does not in time. */
export async function waitUntilReady(address: string, signal: AbortSignal) {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const problem = await findProblem(address, signal)
    if (!problem) return
    if (Date.now() > deadline) throw new BootError(`${address} does not answer: ${problem}.`)
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

async function findProblem(address: string, signal: AbortSignal) {
  try {
    const response = await fetch(address, { signal, headers: { accept: 'text/html' } })
    await response.body?.cancel()
    return response.ok ? undefined : `status ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer'
  }
}
