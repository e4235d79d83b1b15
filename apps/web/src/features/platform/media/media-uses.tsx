import type { MediaUse, MediaView } from '@galley/contract/platform/media'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { mediaUseLink } from '../../../registry/media-uses.ts'
import { mediaUses } from './queries.ts'

/** Where a file is used, looked up when somebody wants to know. */
export function MediaUses({ media: { id, fileName, useCount } }: { media: MediaView }) {
  const [open, setOpen] = useState(false)
  return (
    <details className="text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit py-1 font-medium text-soft hover:text-ink">
        Used in {useCount} {useCount === 1 ? 'place' : 'places'}
        <span className="sr-only">
          : <bdi>{fileName}</bdi>
        </span>
      </summary>
      {open && <UseList id={id} />}
    </details>
  )
}

/** The last uses of a file, each with the way there, and how many there are besides. */
export function UseList({ id }: { id: string }) {
  const { data, error } = useQuery(mediaUses(useTRPC(), id))
  if (error) return <p className="text-accent">{messageOf(error)}</p>
  if (!data) return <p className="text-soft">…</p>
  const more = (data.page.total ?? 0) - data.items.length
  return (
    <ul className="flex flex-col gap-1 py-1">
      {data.items.map((use) => (
        <li key={use.subject.kind + use.subject.id}>
          <Use use={use} />
          {!use.isPublic && <span className="text-soft"> (not public)</span>}
        </li>
      ))}
      {more > 0 && <li className="text-soft">and {more.toLocaleString('en')} more</li>}
    </ul>
  )
}

function Use({ use: { subject } }: { use: MediaUse }) {
  const link = mediaUseLink(subject)
  const title = <bdi>{subject.title || 'Untitled'}</bdi>
  if (!link) return title
  return (
    <Link {...link} className="underline underline-offset-2 hover:text-accent">
      {title}
    </Link>
  )
}
