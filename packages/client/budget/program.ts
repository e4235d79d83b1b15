import { createGalleyClient, isGalleyError, type Inputs, type Outputs } from '@galley/client'

// Compiled with the published package, never run: what a program does first.
const galley = createGalleyClient({ url: 'https://galley.example', auth: { token: 'gly_x' } })

type Profile = Inputs['users']['updateProfile']
type Person = Outputs['users']['list']['items'][number]

export async function use(profile: Profile) {
  const { items, page } = await galley.users.list.query({ limit: 5 })
  const next: string | null = page.nextCursor
  const session = await galley.sessions.current.query()
  const name: string | undefined = session.user?.displayName
  try {
    await galley.users.updateProfile.mutate(profile)
  } catch (error) {
    if (isGalleyError(error, 'user/suspended', 'user/username-taken')) {
      return error.fields.map(({ path }) => path)
    }
    throw error
  }
  return [...items.map(({ username }: Person) => username), next, name]
}
