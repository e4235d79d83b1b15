import type { Queue } from './queue.ts'

/** What an event sends to the watchers of a topic. */
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

/** The watchers of a process, by topic. */
export function createWatchers<Who, Hint>() {
  type Own = Watcher<Who, Hint>
  const watchers = new Set<Own>()
  const byTopic = new Map<string, Set<Own>>()

  return {
    get count() {
      return watchers.size
    },
    /** A copy: watchers that come or go meanwhile do not change it. */
    all: () => [...watchers],
    add(watcher: Own) {
      watchers.add(watcher)
      for (const topic of watcher.topics) {
        const known = byTopic.get(topic)
        if (known) known.add(watcher)
        else byTopic.set(topic, new Set([watcher]))
      }
    },
    /** Returns false where it was removed before. */
    delete(watcher: Own): boolean {
      if (!watchers.delete(watcher)) return false
      for (const topic of watcher.topics) stopHearing(watcher, topic)
      return true
    },
    stopHearing,
    /** The hints for each watcher of these topics, with their size as JSON. */
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
