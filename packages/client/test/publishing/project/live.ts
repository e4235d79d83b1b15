import { createGalleyClient, isGalleyError, uploadFile } from '@galley/client'

// Run by Node in an empty project with the packed client: prints what a test looks at.
const [url = '', email = '', password = '', token = ''] = process.argv.slice(2)

const nobody = createGalleyClient({ url, auth: 'none' })
const reader = createGalleyClient({ url, auth: { token } })
const stored: string[] = []
const author = createGalleyClient({
  url,
  auth: { email, password, onTokens: ({ refreshToken }) => void stored.push(refreshToken) },
  retries: { mutations: true },
})

const draft = await author.articles.create.mutate({
  title: 'Over the wire',
  description: 'From a program.',
  body: 'Some *text*.',
})
const { slug } = await author.articles.publish.mutate({ id: draft.id, version: draft.version })
const [article, list, me] = await Promise.all([
  nobody.articles.bySlug.query({ slug }),
  nobody.articles.list.query({ limit: 5 }),
  reader.sessions.current.query(),
])
const refusal: unknown = await author.articles.publish
  .mutate({ id: draft.id, version: draft.version })
  .catch((error: unknown) => error)
const resumed = createGalleyClient({ url, auth: { refreshToken: stored.at(-1) ?? '' } })

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const picture = await uploadFile(
  { url, auth: { token } },
  {
    file: new Blob([Buffer.from(dot, 'base64')], { type: 'image/png' }),
    name: 'dot.png',
    alt: 'A dot',
  },
)

process.stdout.write(
  JSON.stringify({
    title: article.title,
    titles: list.items.map(({ title }) => title),
    reader: me.user?.email,
    resumed: (await resumed.sessions.current.query()).user?.email,
    refusal: isGalleyError(refusal) && [refusal.reason, refusal.status, refusal.requestId],
    picture: [picture.fileName, picture.alt],
    signIns: stored.length,
  }),
)
