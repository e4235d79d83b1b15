import { useEffect, useRef, useState } from 'react'
import { whenNear } from '../../../lib/near.ts'

let reach: () => void = () => {}

/**
 * Resolves when somebody has read so far that the end of a text is near. Links that stand there wait for it with their
 * scripts: until then they are as the server has rendered them.
 */
export const endOfText: Promise<void> = import.meta.env.SSR
  ? Promise.resolve()
  : new Promise((resolve) => {
      reach = resolve
    })

/** The ref of what stands at the end of a text, and whether it is near. */
export function useEndOfText<Place extends Element>() {
  const place = useRef<Place>(null)
  const [isNear, setIsNear] = useState(false)
  useEffect(() => {
    if (!place.current) return
    return whenNear([place.current], () => {
      setIsNear(true)
      reach()
    })
  }, [])
  return [place, isNear] as const
}
