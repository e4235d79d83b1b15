import type { MediaView } from '@galley/contract/platform/media'
import { Badge } from '@galley/ui/badge'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../layout/time.tsx'
import { DeleteMedia } from './delete-media.tsx'
import { DescribePicture } from './describe-picture.tsx'
import { MediaUses } from './media-uses.tsx'
import { mediaItem } from './queries.ts'
import { Thumbnail } from './thumbnail.tsx'
import { sizeOf, wordsFor } from './upload-list.ts'

/** One file of the library. */
export function MediaTile({ media }: { media: MediaView }) {
  const [open, setOpen] = useState<'describe' | 'delete'>()
  const close = () => setOpen(undefined)
  const describe = useDescribe(media)
  const { kind, state, fileName, bytes, alt, decorative, picture, useCount } = media
  return (
    <li className="flex min-w-0 flex-col gap-2">
      {state === 'ready' ? (
        <a href={media.url} target="_blank" rel="noopener" aria-label={`Open ${fileName}`}>
          <Thumbnail
            media={media}
            sizes="(min-width: 64rem) 17rem, (min-width: 40rem) 30vw, 45vw"
          />
        </a>
      ) : (
        <Thumbnail media={media} sizes="" />
      )}
      <h2 className="truncate text-sm font-medium" title={fileName}>
        <bdi>{fileName}</bdi>
      </h2>
      <p className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-soft">
        <span>{sizeOf(bytes)}</span>
        {picture && (
          <span>
            {picture.width} × {picture.height}
          </span>
        )}
      </p>
      {state !== 'ready' && <HeldState media={media} />}
      {kind === 'image' && state === 'ready' && (
        <p dir="auto" className="line-clamp-2 text-xs text-soft">
          {decorative ? 'Decorative' : alt || 'No alternative text'}
        </p>
      )}
      {useCount > 0 ? <MediaUses media={media} /> : <Unused media={media} />}
      <div className="-ml-3.5 flex flex-wrap noscript:hidden">
        {kind === 'image' && (
          <Button
            variant="quiet"
            size="small"
            aria-label={`Describe ${fileName}`}
            onClick={() => setOpen('describe')}
          >
            Describe
          </Button>
        )}
        <Button
          variant="quiet"
          size="small"
          aria-label={`Delete ${fileName}`}
          onClick={() => setOpen('delete')}
        >
          Delete
        </Button>
      </div>
      {open === 'describe' && (
        <DescribePicture
          picture={picture}
          fileName={fileName}
          description={media}
          save="Save"
          onClose={close}
          onSave={async (description) => {
            await describe(description)
            close()
          }}
        />
      )}
      {open === 'delete' && <DeleteMedia media={media} onClose={close} />}
    </li>
  )
}

function Unused({ media: { removedAt } }: { media: MediaView }) {
  return (
    <p className="text-xs text-soft">
      Not used
      {removedAt !== null && (
        <>
          : is removed on <Day timestamp={removedAt} />
        </>
      )}
    </p>
  )
}

function HeldState({ media: { state, reason } }: { media: MediaView }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <Badge tone={state === 'refused' ? 'warn' : 'plain'}>{stateWords[state]}</Badge>
      {reason && <p className="text-xs text-soft">{wordsFor(reason)}</p>}
    </div>
  )
}

export const stateWords: Record<MediaView['state'], string> = {
  uploading: 'Uploading',
  quarantined: 'Waiting for the scan',
  processing: 'Being prepared',
  ready: 'Ready',
  refused: 'Refused',
}

function useDescribe({ id }: MediaView) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const update = useMutation(trpc.media.update.mutationOptions())
  return async (description: { alt: string; decorative: boolean; caption: string }) => {
    const saved = await update.mutateAsync({ id, ...description })
    queryClient.setQueryData(mediaItem(trpc, id).queryKey, saved)
    await queryClient.invalidateQueries(trpc.media.list.pathFilter())
    void notify({ title: 'The description is saved.' })
  }
}
