import { createGalleyClient, isGalleyError, type Inputs, type Outputs } from '@galley/client'

// Compiled in an empty project with the packed client, never run.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
const holds = <Claim extends true>(claim?: Claim) => claim

holds<Same<Inputs['articles']['publish'], { id: string; version: number | 'any' }>>()
holds<Same<Exclude<Inputs['articles']['list'], void>['limit'], number | undefined>>()
holds<
  Same<
    Outputs['articles']['bySlug']['status'],
    'draft' | 'in_review' | 'scheduled' | 'published' | 'archived'
  >
>()
holds<Same<Outputs['articles']['list']['items'][number]['tags'], string[]>>()
holds<Same<Outputs['articles']['delete'], { id: string }>>()

const galley = createGalleyClient({ url: 'https://galley.example', auth: { token: 'gly_x' } })

export async function use() {
  const { items, page } = await galley.articles.list.query({ tag: 'postgres', limit: 5 })
  const next: string | null = page.nextCursor
  const { items: newest } = await galley.articles.list.query()
  const session = await galley.sessions.current.query()
  const name: string | undefined = session.user?.displayName
  try {
    await galley.articles.update.mutate({ id: 'x', version: 1, title: 'Another' })
  } catch (error) {
    if (isGalleyError(error, 'article/stale-version', 'article/forbidden')) {
      holds<Same<typeof error.reason, 'article/stale-version' | 'article/forbidden'>>()
      return error.fields.map(({ path }) => path)
    }
    throw error
  }
  return [...items.concat(newest).map(({ title }) => title), next, name]
}
