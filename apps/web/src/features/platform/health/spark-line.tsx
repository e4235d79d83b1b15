type SparkLineProps = {
  /** What the values are, for those who do not see the line. */
  label: string
  /** From the oldest to the newest; null is a gap. */
  values: readonly (number | null)[]
  format: (value: number) => string
}

const WIDTH = 160
const HEIGHT = 36

/** Values over time as a line, from zero to their highest. */
export function SparkLine({ label, values, format }: SparkLineProps) {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return <p className="text-xs text-soft">Too early for a line.</p>
  const highest = Math.max(...known)
  const summary = `${label}: from ${format(Math.min(...known))} to ${format(highest)}`
  return (
    <svg
      role="img"
      aria-label={summary}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-9 w-full text-accent"
    >
      <line
        x1="0"
        x2={WIDTH}
        y1={HEIGHT - 0.5}
        y2={HEIGHT - 0.5}
        stroke="var(--color-rule)"
        vectorEffect="non-scaling-stroke"
      />
      {linesOf(values, highest).map((points) => (
        <polyline
          key={points}
          points={points}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}

/** One for each run of values without a gap. */
function linesOf(values: readonly (number | null)[], highest: number): string[] {
  const lines: string[][] = [[]]
  for (const [index, value] of values.entries()) {
    if (value === null) lines.push([])
    else lines.at(-1)?.push(pointOf(index / (values.length - 1), value / (highest || 1)))
  }
  return lines.filter((line) => line.length > 1).map((line) => line.join(' '))
}

const pointOf = (x: number, y: number) =>
  `${(x * WIDTH).toFixed(1)},${(HEIGHT - 1 - y * (HEIGHT - 3)).toFixed(1)}`
