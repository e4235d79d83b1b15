import type { Picture } from '@galley/contract/platform/media'

type PictureImageProps = {
  picture: Pick<Picture, 'id' | 'width' | 'height' | 'widths' | 'formats'>
  alt: string
  /** How wide it is shown, for the browser to choose a file by. */
  sizes: string
  priority?: boolean
  className?: string
}

/** A picture of the media library in the size and the format that suit the browser. Every reader loads this: no contract. */
export function PictureImage({
  picture,
  alt,
  sizes,
  priority = false,
  className,
}: PictureImageProps) {
  const { id, width, height, widths, formats } = picture
  const srcSetOf = (format: (typeof formats)[number]) =>
    widths.map((each) => `/media/${id}/${each}.${format} ${each}w`).join(', ')
  const last = formats.at(-1)
  return (
    <picture className="contents">
      {formats.slice(0, -1).map((format) => (
        <source key={format} type={`image/${format}`} srcSet={srcSetOf(format)} sizes={sizes} />
      ))}
      <img
        src={`/media/${id}`}
        srcSet={last && srcSetOf(last)}
        sizes={sizes}
        alt={alt}
        width={width}
        height={height}
        loading={priority ? 'eager' : 'lazy'}
        fetchPriority={priority ? 'high' : undefined}
        decoding="async"
        className={className}
      />
    </picture>
  )
}
