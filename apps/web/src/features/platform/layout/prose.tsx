import { type ComponentPropsWithoutRef, type RefObject, useEffect, useRef } from 'react'
import { addCopyButtons } from './copy-buttons.ts'

type ProseProps = Omit<ComponentPropsWithoutRef<'div'>, 'children'> & {
  html: string
  ref?: RefObject<HTMLDivElement | null>
}

/** Rendered Markdown, sanitised by the server (packages/markdown), with a button to copy each block of code. */
export function Prose({ html, ref, className = '', ...rest }: ProseProps) {
  const own = useRef<HTMLDivElement>(null)
  const container = ref ?? own
  // After every rendering: blocks that have their button keep it.
  useEffect(() => {
    if (container.current) addCopyButtons(container.current)
  })
  return (
    <div
      ref={container}
      dir="auto"
      className={`prose ${className}`}
      dangerouslySetInnerHTML={{ __html: html }}
      {...rest}
    />
  )
}
