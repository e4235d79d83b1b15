/** A grey stand-in for text or a picture that is on its way; size it by class. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={`animate-pulse rounded-sm bg-sunken ${className}`} />
}
