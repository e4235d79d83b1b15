import type { FocalPoint as Point, Picture } from '@galley/contract/platform/media'
import type { KeyboardEvent, PointerEvent } from 'react'
import { PictureImage } from '../../../platform/media/picture-image.tsx'

type FocalPointProps = { picture: Picture; value: Point; onChange: (point: Point) => void }

/** As pages round it. */
const STEP = 5

/** The point of a picture that stays in view wherever it is cut to shape: by a click, or by the arrow keys. */
export function FocalPoint({ picture, value, onChange }: FocalPointProps) {
  const { x, y } = value
  const move = (across: number, down: number) =>
    onChange({ x: rounded(x + across), y: rounded(y + down) })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    move(...step)
  }
  const onPointer = (event: PointerEvent) => {
    if (event.buttons === 0) return
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const across = ((event.clientX - left) / width) * 100
    const down = ((event.clientY - top) / height) * 100
    onChange({ x: rounded(across), y: rounded(down) })
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Focal point"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={x}
      aria-valuetext={`${x} % from the left, ${y} % from the top`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      className="relative w-fit max-w-full cursor-crosshair touch-none select-none"
    >
      <PictureImage
        picture={picture}
        alt=""
        sizes="(min-width: 64rem) 34rem, 90vw"
        className="pointer-events-none max-h-80 w-auto max-w-full rounded-sm"
      />
      <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full">
        <circle cx={`${x}%`} cy={`${y}%`} r="11" className="fill-none stroke-paper stroke-[5]" />
        <circle cx={`${x}%`} cy={`${y}%`} r="11" className="fill-none stroke-accent stroke-[2.5]" />
      </svg>
    </div>
  )
}

const steps: Record<string, [across: number, down: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

const rounded = (part: number) => Math.min(100, Math.max(0, Math.round(part / STEP) * STEP))
