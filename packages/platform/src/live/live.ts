import type { BearerTokens } from '@galley/auth/bearer'
import type { SessionStore } from '@galley/auth/sessions'
import { hintsOf } from '@galley/contract/events'
import type { LiveHint } from '@galley/contract/platform/live'
import type { Hub, Told, Verdict } from '@galley/realtime/hub'
import { userActor } from '../actor.ts'
import type { Actor, Ctx } from '../ctx.ts'
import { AppError, type Decision, isAllowed } from '../errors.ts'
import { keyOf, ruleOf, topicOf, type TopicRules } from './topics.ts'

/** Who watches what happens, and hears of it. */
export type Live = Hub<Actor, LiveHint>

/** What is told of an event, and under which topics. */
export function liveHintsOf({
  event,
  payload,
}: {
  event: string
  payload: Record<string, unknown>
}): Told<LiveHint>[] {
  return hintsOf(event).flatMap(({ topic, of, ids = [] }) => {
    const about = payload[of]
    if (typeof about !== 'string') return []
    const named = [of, ...ids].map((field) => [field, payload[field]])
    const hint = { event, topic: topicOf(topic, about), ids: Object.fromEntries(named) }
    return [{ topic: keyOf(topic, about), hint: hint as LiveHint }] // its name is among `hintsOf`
  })
}

type Deps = {
  db: Ctx['db']
  sessions: Pick<SessionStore, 'findUser'>
  bearerTokens: Pick<BearerTokens, 'findUser'>
  rules: TopicRules
}

type Watching = { who: Actor; topics: ReadonlySet<string> }

/** Who may go on and hear of what, by what holds now: a statement for each kind of thing, however many watch. */
export function createAudience({ db, sessions, bearerTokens, rules }: Deps) {
  return async (watching: readonly Watching[]): Promise<Verdict[]> => {
    const decisions = remember((topic) => ruleOf(rules, db, topic))
    const users = remember((_, via: Via) => findUser(via))
    return Promise.all(watching.map(judge))

    async function judge({ who, topics }: Watching): Promise<Verdict> {
      const actor = who.kind === 'user' ? await currentActor(who) : who
      if (actor instanceof AppError) return { error: actor }
      const denied = await Promise.all(
        [...topics].map(async (topic) => {
          const decision = (await decisions(topic))(actor)
          return isAllowed(decision) ? [] : [[topic, refusal(decision)] as const]
        }),
      )
      return { denied: new Map(denied.flat()) }
    }

    async function currentActor({ via }: Extract<Actor, { kind: 'user' }>) {
      const id = via.kind === 'session' ? via.sessionId : via.tokenId
      const user = await users(id, via)
      if (user) return userActor(user, via, new Date())
      return new AppError(via.kind === 'session' ? 'session/required' : 'token/invalid')
    }
  }

  function findUser(via: Via) {
    return via.kind === 'session'
      ? sessions.findUser(db, via.sessionId)
      : bearerTokens.findUser(via)
  }
}

type Via = Extract<Actor, { kind: 'user' }>['via']

const refusal = (decision: Decision) =>
  new AppError(decision === 'ok' ? 'server/internal' : decision)

/** What `find` resolves to, looked up once for each key. */
function remember<More extends unknown[], Found>(
  find: (key: string, ...more: More) => Promise<Found>,
) {
  const known = new Map<string, Promise<Found>>()
  return (key: string, ...more: More): Promise<Found> => {
    const found = known.get(key) ?? find(key, ...more)
    known.set(key, found)
    return found
  }
}
