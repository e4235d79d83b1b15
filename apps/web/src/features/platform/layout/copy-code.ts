const SHOWN_MS = 2000

/** Puts a button behind each block of code below `container` that copies it; what came of that is said to screen readers too. */
export function addCopyButtons(container: HTMLElement): void {
  for (const pre of container.querySelectorAll('pre')) {
    if (pre.parentElement?.className === 'code-block') continue
    const block = element('div', 'code-block')
    pre.replaceWith(block)
    const status = element('span', '')
    status.setAttribute('role', 'status')
    const button = element('button', '', 'Copy')
    button.type = 'button'
    button.setAttribute('aria-label', 'Copy code')
    const place = element('div', 'code-copy')
    place.append(status, button)
    block.append(pre, place)
  }
  // The same function again is added once.
  container.addEventListener('click', copyCode)
}

function copyCode({ target }: Event): void {
  if (!(target instanceof Element) || !target.closest('.code-copy button')) return
  const block = target.closest('.code-block')
  const status = block?.querySelector('[role=status]')
  if (!block || !status) return
  const say = (text: string) => {
    status.textContent = text
    window.setTimeout(() => {
      if (status.textContent === text) status.textContent = ''
    }, SHOWN_MS)
  }
  const code = block.querySelector('pre')?.textContent ?? ''
  const copying = navigator.clipboard?.writeText(code) ?? Promise.reject()
  copying.then(
    () => say('Copied'),
    () => say('Could not copy'),
  )
}

function element<Name extends 'div' | 'span' | 'button'>(name: Name, className: string, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}
