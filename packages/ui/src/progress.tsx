type ProgressProps = {
  label: string
  done: number
  /** Null until it is known. */
  total: number | null
}

/** How far something long has come. */
export function Progress({ label, done, total }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      max={total ?? undefined}
      value={total === null ? undefined : done}
      className="h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
    />
  )
}
