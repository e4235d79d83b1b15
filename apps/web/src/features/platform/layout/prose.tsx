import { type ComponentPropsWithoutRef, type RefObject, useEffect, useRef } from 'react'
import { whenNear } from '../../../lib/near.ts'

type ProseProps = Omit<ComponentPropsWithoutRef<'div'>, 'children'> & {
  html: string
  ref?: RefObject<HTMLDivElement | null>
}

/** Rendered Markdown, sanitised by the server (packages/markdown), with a button to copy each block of code. */
export function Prose({ html, ref, className = '', ...rest }: ProseProps) {
  const own = useRef<HTMLDivElement>(null)
  const container = ref ?? own
  useEffect(() => {
    const { current } = container
    if (!current || !html.includes('<pre ')) return
    return whenNear(current.querySelectorAll('pre'), () => void addCopyButtons(current))
  }, [container, html])
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

const addCopyButtons = async (container: HTMLElement) =>
  (await import('./copy-code.ts')).addCopyButtons(container)
