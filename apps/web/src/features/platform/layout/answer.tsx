import { Notice } from '@galley/ui/notice'
import { useEffect, useRef, type ComponentProps } from 'react'

/** What came of a form, in its place: it takes the focus that the form had. */
export function Answer(props: Omit<ComponentProps<typeof Notice>, 'ref'>) {
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [])
  return <Notice {...props} ref={notice} />
}
