import type { Adapter, AdapterPayload } from 'oidc-provider'

/** What a provider remembers, as long as it runs. */
export function createOpenIdStore() {
  const entries = new Map<string, { payload: AdapterPayload; until: number }>()

  const live = () =>
    [...entries.values()].flatMap(({ payload, until }) => (Date.now() < until ? [payload] : []))

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`
    const find = async (id: string) => {
      const entry = entries.get(keyOf(id))
      return entry && Date.now() < entry.until ? entry.payload : undefined
    }
    return {
      find,
      async upsert(id, payload, expiresIn) {
        const seconds = expiresIn || Number.POSITIVE_INFINITY
        entries.set(keyOf(id), { payload, until: Date.now() + seconds * 1000 })
      },
      findByUid: async (uid) => live().find((payload) => payload.uid === uid),
      findByUserCode: async (userCode) => live().find((payload) => payload.userCode === userCode),
      async consume(id) {
        const payload = await find(id)
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        entries.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of entries) {
          if (payload.grantId === grantId) entries.delete(key)
        }
      },
    }
  }
}
