import type { MediaView } from '@galley/contract/platform/media'
import { FileText, ImageOff } from 'lucide-react'
import { thumbHashToDataURL } from 'thumbhash'
import { PictureImage } from './picture-image.tsx'

type ThumbnailProps = { media: Pick<MediaView, 'kind' | 'picture'>; sizes: string }

/** A file in a square: its picture over a blurred preview that is there at once, or a sign for what it is. */
export function Thumbnail({ media: { kind, picture }, sizes }: ThumbnailProps) {
  const Icon = kind === 'document' ? FileText : ImageOff
  return (
    <span className="relative flex aspect-square w-full items-center justify-center overflow-hidden rounded-sm bg-sunken text-soft">
      {picture ? (
        <>
          <Blurred thumbhash={picture.thumbhash} />
          <PictureImage
            picture={picture}
            alt=""
            sizes={sizes}
            className="absolute inset-0 size-full object-cover"
          />
        </>
      ) : (
        <Icon aria-hidden="true" className="size-8" />
      )}
    </span>
  )
}

function Blurred({ thumbhash }: { thumbhash: string | null }) {
  if (thumbhash === null) return null
  const hash = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0))
  return (
    <img
      src={thumbHashToDataURL(hash)}
      alt=""
      className="absolute inset-0 size-full object-cover"
    />
  )
}
