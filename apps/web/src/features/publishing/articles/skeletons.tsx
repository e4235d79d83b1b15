import { Skeleton } from '@galley/ui/skeleton'

/** The shape of a grid of articles. */
export function ListSkeleton() {
  return (
    <div className="page grid gap-x-10 gap-y-14 py-12 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="flex flex-col gap-3">
          <Skeleton className="aspect-video w-full" />
          <Skeleton className="mt-2 h-7 w-4/5" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-2/3" />
        </div>
      ))}
    </div>
  )
}

/** The shape of an article. */
export function ArticleSkeleton() {
  return (
    <div className="page max-w-[50rem] py-16">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="mt-6 h-12 w-full" />
      <Skeleton className="mt-3 h-12 w-3/5" />
      <Skeleton className="mt-8 h-5 w-2/5" />
      <Skeleton className="mt-12 aspect-video w-full" />
      <div className="mt-12 flex flex-col gap-3">
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-11/12" />
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-3/4" />
      </div>
    </div>
  )
}
