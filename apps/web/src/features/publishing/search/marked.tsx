import type { Highlight } from '@galley/contract/publishing/search'
import { Fragment } from 'react'

type Range = Pick<Highlight, 'start' | 'end'>

/** A text in which what was searched for is marked. */
export function Marked({ text, ranges }: { text: string; ranges: readonly Range[] }) {
  return markedParts(text, ranges).map(({ start, part, isMarked }) =>
    isMarked ? (
      <mark key={start} className="rounded-xs bg-warn-wash text-inherit">
        {part}
      </mark>
    ) : (
      <Fragment key={start}>{part}</Fragment>
    ),
  )
}

/** The text cut at the ends of the ranges, which are in order and do not overlap. */
export function markedParts(text: string, ranges: readonly Range[]) {
  const cuts = ranges.flatMap(({ start, end }) => [start, end])
  return [0, ...cuts].flatMap((start, n) => {
    const part = text.slice(start, cuts[n])
    return part === '' ? [] : [{ start, part, isMarked: n % 2 === 1 }]
  })
}
