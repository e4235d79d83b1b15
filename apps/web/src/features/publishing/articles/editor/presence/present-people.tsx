import type { PresentPerson } from '@galley/contract/publishing/presence'
import { Avatar } from '@galley/ui/avatar'
import { useState } from 'react'
import { placeInWords } from './place.ts'

const MOST_SHOWN = 5

/** Who else has the article open and where they are. Who comes and who leaves is announced; where somebody goes is not. */
export function PresentPeople({ people }: { people: readonly PresentPerson[] }) {
  const news = useNews(people)
  const shown = people.slice(0, MOST_SHOWN)
  const rest = people.length - shown.length
  return (
    <>
      <p role="status" className="sr-only">
        {news}
      </p>
      {people.length > 0 && (
        <ul
          aria-label="Also editing this article"
          className="page flex flex-wrap items-center gap-x-5 gap-y-1 pb-2.5 text-xs"
        >
          {shown.map(({ person, place }) => (
            <li key={person.username} className="flex max-w-full min-w-0 items-center gap-2">
              <Avatar person={person} size="small" />
              <span className="truncate">
                <bdi className="font-medium">{person.displayName}</bdi>
                <span className="text-soft"> is {placeInWords({ person, place }) || 'here'}</span>
              </span>
            </li>
          ))}
          {rest > 0 && (
            <li className="text-soft">{rest === 1 ? 'and one more' : `and ${rest} more`}</li>
          )}
        </ul>
      )}
    </>
  )
}

/** What has changed since the people were others. */
function useNews(people: readonly PresentPerson[]): string {
  const [known, setKnown] = useState({ people, news: '' })
  if (known.people === people) return known.news
  const came = missingIn(known.people, people).map(
    (name) => `${name} is editing this article, too.`,
  )
  const left = missingIn(people, known.people).map((name) => `${name} has left.`)
  const isNew = came.length + left.length > 0
  const news = isNew ? [...came, ...left].join(' ') : known.news
  setKnown({ people, news })
  return news
}

const missingIn = (some: readonly PresentPerson[], others: readonly PresentPerson[]) =>
  others
    .filter(({ person }) => !some.some((each) => each.person.username === person.username))
    .map(({ person }) => person.displayName)
