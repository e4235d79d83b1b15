type CoverProps = { src: string; className?: string; priority?: boolean }

/** An article's picture, sixteen by nine whatever the file is; decoration beside the title. */
export function Cover({ src, className = '', priority = false }: CoverProps) {
  return (
    <img
      src={src}
      alt=""
      width={1600}
      height={900}
      loading={priority ? 'eager' : 'lazy'}
      fetchPriority={priority ? 'high' : undefined}
      decoding="async"
      className={`aspect-video w-full rounded-sm bg-sunken object-cover ${className}`}
    />
  )
}
