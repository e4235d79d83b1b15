import { createGalleyClient, isGalleyError } from '@galley/client'

// Bundled and run in a page of Galley's own: calls as the person who is signed in there.
Object.assign(globalThis, {
  async callGalley(title: string) {
    const galley = createGalleyClient({ url: location.origin, auth: 'cookie' })
    const [me, list] = await Promise.all([
      galley.sessions.current.query(),
      galley.articles.list.query({ limit: 3 }),
    ])
    const draft = await galley.articles.create.mutate({ title })
    const refusal: unknown = await galley.articles.publish
      .mutate({ id: draft.id, version: draft.version })
      .catch((error: unknown) => error)
    return {
      name: me.user?.displayName,
      listed: list.items.length,
      title: draft.title,
      refused: isGalleyError(refusal, 'article/incomplete'),
    }
  },
})
