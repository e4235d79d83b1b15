import { addPeople, publishArticles } from '../../bench/publishing/scale/site.ts'
import type { Site } from './site.ts'
import type { Known } from './writes.ts'

/** People with sessions, each the author of one published article. */
export async function addWriters(site: Site, count: number): Promise<Known> {
  const people = await addPeople(site.database.migrationUrl, count)
  const articles = await publishArticles(site.publicOrigin, people, count)
  return {
    writers: people.map(({ id, username, cookie }, at) => {
      const article = articles[at]
      if (!article) throw new Error('An article is missing')
      return { id, username, cookie, article }
    }),
  }
}
