import { cpSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Whether `docker build` is sent a path of the context, by the lines of its `.dockerignore`: the last that fits decides. */
export function contextFilter(text: string): (file: string) => boolean {
  const rules = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => ({ isKept: line.startsWith('!'), pattern: line.replace(/^!/, '') }))
  return (file) => {
    const parts = file.split('/')
    const above = parts.map((_part, at) => parts.slice(0, at + 1).join('/'))
    const last = rules.findLast(({ pattern }) =>
      above.some((folder) => path.posix.matchesGlob(folder, pattern)),
    )
    return last?.isKept ?? true
  }
}

/** What of `root` a build is sent, copied to `target`. */
export function copyContext(root: string, target: string): void {
  const isSent = contextFilter(readFileSync(path.join(root, '.dockerignore'), 'utf8'))
  cpSync(root, target, {
    recursive: true,
    filter: (source) => source === root || isSent(path.relative(root, source)),
  })
}
