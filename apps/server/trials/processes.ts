import { readFileSync } from 'node:fs'

/** The processes that one has started (Linux); none of one that is gone. */
export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').map(Number)
  } catch {
    return []
  }
}

export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)]
