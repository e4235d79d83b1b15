import { Cover, type CoverOf } from './article-meta.tsx'

/** The picture above the text of an article, as wide as the page, and what stands below it. */
export function CoverFigure({ article }: { article: CoverOf }) {
  const { cover } = article
  return (
    <figure className="mx-auto mt-10 max-w-[60rem] max-sm:-mx-[clamp(1.125rem,4vw,2.5rem)]">
      <Cover
        article={article}
        alt={cover?.alt}
        sizes="(min-width: 64rem) 60rem, 100vw"
        priority
        className="max-sm:rounded-none"
      />
      {cover?.caption && (
        <figcaption
          dir="auto"
          className="mt-2.5 text-sm text-soft max-sm:px-[clamp(1.125rem,4vw,2.5rem)]"
        >
          {cover.caption}
        </figcaption>
      )}
    </figure>
  )
}
