import type { MediaView, Picture } from '@galley/contract/platform/media'
import { Button, buttonClass } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilePicker } from './file-picker.tsx'
import { mediaList } from './queries.ts'
import { Thumbnail } from './thumbnail.tsx'
import { UploadRows } from './upload-rows.tsx'
import { useUploads } from './use-uploads.ts'

type ChoosePictureProps = {
  title: string
  onChoose: (picture: Picture) => void
  onClose: () => void
}

/** One picture: out of the library, or a new one, which goes into it. */
export function ChoosePicture({ title, onChoose, onClose }: ChoosePictureProps) {
  const { list, uploads } = useUploads()
  const choose = ({ picture }: MediaView) => picture && onChoose(picture)
  const upload = (files: File[]) => {
    for (const file of files) list.add(file, { onReady: (_, media) => choose(media) })
  }
  return (
    <Dialog title={title} description="Upload one, or choose one of yours." onClose={onClose}>
      <FilePicker
        label="Picture file"
        onFiles={upload}
        className={buttonClass('solid', 'normal', 'self-start')}
      >
        Upload a picture
      </FilePicker>
      <UploadRows list={list} uploads={uploads} />
      <Library onChoose={choose} />
      <Button variant="quiet" className="self-end" onClick={onClose}>
        Cancel
      </Button>
    </Dialog>
  )
}

function Library({ onChoose }: { onChoose: (media: MediaView) => void }) {
  const [query, setQuery] = useState('')
  const [cursors, setCursors] = useState<string[]>([])
  const { data, error, isFetching, refetch } = useQuery({
    ...mediaList(useTRPC(), {
      kind: 'image',
      state: 'ready',
      query: query.trim() || undefined,
      cursor: cursors.at(-1),
    }),
    placeholderData: keepPreviousData,
  })
  const next = data?.page.nextCursor ?? null
  return (
    <section aria-label="Your pictures" aria-busy={isFetching} className="flex flex-col gap-3">
      <Field label="Search your pictures">
        <Input
          type="search"
          maxLength={100}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setCursors([])
          }}
        />
      </Field>
      <p role="status" className="sr-only">
        {data && `${data.items.length} ${data.items.length === 1 ? 'picture' : 'pictures'}`}
      </p>
      {error && (
        <Notice tone="bad" title={messageOf(error)}>
          <Button variant="line" size="small" className="self-start" onClick={() => void refetch()}>
            Try again
          </Button>
        </Notice>
      )}
      {data?.items.length === 0 && <p className="text-sm text-soft">No pictures.</p>}
      <ul className="grid max-h-64 grid-cols-3 gap-2 overflow-y-auto p-1">
        {data?.items.map((media) => (
          <li key={media.id}>
            <button
              type="button"
              aria-label={media.alt || media.fileName}
              title={media.fileName}
              onClick={() => onChoose(media)}
              className="block w-full rounded-sm"
            >
              <Thumbnail media={media} sizes="7.5rem" />
            </button>
          </li>
        ))}
      </ul>
      {(cursors.length > 0 || next !== null) && (
        <div className="flex gap-2">
          {cursors.length > 0 && (
            <Button variant="line" size="small" onClick={() => setCursors(cursors.slice(0, -1))}>
              Newer
            </Button>
          )}
          {next !== null && (
            <Button
              variant="line"
              size="small"
              className="ml-auto"
              onClick={() => setCursors([...cursors, next])}
            >
              Older
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
