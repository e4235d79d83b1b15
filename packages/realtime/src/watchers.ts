import type { Queue } from './queue.ts'

/** What is told of an event to those who watch a topic. */
export type Told<Hint> = { topic: string; hint: Hint }

/** `id`: a stream that begins after it misses nothing and repeats nothing, at whatever process. */
export type Message<Hint> = { id: string; hints: Hint[]; reload: boolean; ended: string[] }

export type Watcher<Who, Hint> = {
  who: Who
  topics: Set<string>
  queue: Queue<Message<Hint>>
  /** The last id that it was given, and how many events this process had read then. */
  id: string
  seen: number
}

/** Those who watch, and which topics. */
export function createWatchers<Who, Hint>() {
  type Own = Watcher<Who, Hint>
  const watchers = new Set<Own>()
  const byTopic = new Map<string, Set<Own>>()

  return {
    get count() {
      return watchers.size
    },
    /** Those of now: who comes or goes meanwhile does not change them. */
    all: () => [...watchers],
    add(watcher: Own) {
      watchers.add(watcher)
      for (const topic of watcher.topics) {
        const known = byTopic.get(topic)
        if (known) known.add(watcher)
        else byTopic.set(topic, new Set([watcher]))
      }
    },
    /** False where it is gone already. */
    delete(watcher: Own): boolean {
      if (!watchers.delete(watcher)) return false
      for (const topic of watcher.topics) stopHearing(watcher, topic)
      return true
    },
    stopHearing,
    /** What each of those whom it concerns is told, with its size as JSON. */
    concernedBy(told: readonly Told<Hint>[]) {
      const concerned = new Map<Own, (Told<Hint> & { bytes: number })[]>()
      for (const { topic, hint } of told) {
        const watching = byTopic.get(topic)
        if (!watching) continue
        const sized = { topic, hint, bytes: JSON.stringify(hint).length }
        for (const watcher of watching) {
          const known = concerned.get(watcher)
          if (known) known.push(sized)
          else concerned.set(watcher, [sized])
        }
      }
      return concerned
    },
  }

  function stopHearing(watcher: Own, topic: string) {
    watcher.topics.delete(topic)
    const others = byTopic.get(topic)
    others?.delete(watcher)
    if (others?.size === 0) byTopic.delete(topic)
  }
}
