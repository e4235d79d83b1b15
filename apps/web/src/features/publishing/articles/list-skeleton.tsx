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
