import { type ComponentPropsWithoutRef, type RefObject, useEffect, useRef } from 'react'

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

/** Puts a button behind each block of code that copies it; what came of that is said to screen readers too. */
function addCopyButtons(container: HTMLElement): void {
  for (const pre of container.querySelectorAll('pre')) {
    if (pre.parentElement?.className === 'code-block') continue
    const block = element('div', 'code-block')
    pre.replaceWith(block)
    block.append(pre, copyButton(pre))
  }
}

const SHOWN_MS = 2000

function copyButton(pre: HTMLElement): HTMLElement {
  const button = element('button', '', 'Copy')
  button.setAttribute('aria-label', 'Copy code')
  button.type = 'button'
  const status = element('span', '')
  status.setAttribute('role', 'status')
  let timer: number | undefined
  const say = (text: string) => {
    status.textContent = text
    window.clearTimeout(timer)
    timer = window.setTimeout(() => (status.textContent = ''), SHOWN_MS)
  }
  button.addEventListener('click', () => {
    const copying = navigator.clipboard?.writeText(pre.textContent) ?? Promise.reject()
    copying.then(
      () => say('Copied'),
      () => say('Could not copy'),
    )
  })
  const place = element('div', 'code-copy')
  place.append(status, button)
  return place
}

function element<Name extends 'div' | 'span' | 'button'>(name: Name, className: string, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}
