import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { ContextTools } from './context-tools.tsx'
import type { Formats } from './formats.ts'
import type { TextEditor } from './text-editor.ts'
import { ToolButton } from './tool-button.tsx'
import { type Tool, toolGroups } from './tools.ts'

type ToolbarProps = {
  text: RefObject<TextEditor | null>
  formats: Formats
  /** The id of the text that it changes. */
  controls: string
  /** Tools that stand with those for parts of the text. */
  parts: ReactNode
  /** Tools that change the page, not the text. */
  view: ReactNode
}

/**
 * Markdown for those who do not know it by heart. One stop of the Tab key; the arrow keys lead from tool to tool. On
 * small screens it scrolls sideways.
 */
export function Toolbar({ text, formats, controls, parts, view }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const roving = useRovingFocus(bar)
  const run = (tool: Tool) => text.current && tool.run(text.current)
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- one of its tools always does
    <div
      ref={bar}
      role="toolbar"
      aria-label="Formatting"
      aria-controls={controls}
      onKeyDown={roving}
      // The text keeps the focus, and a telephone its keyboard, while a tool is pressed.
      onMouseDown={(event) => {
        const { target } = event
        if (target instanceof Element && target.closest('button')) event.preventDefault()
      }}
      className="-mx-1.5 flex flex-col"
    >
      <div className="flex scroll-px-1.5 items-center gap-x-1 overflow-x-auto px-1.5 py-0.5 sm:flex-wrap sm:overflow-visible">
        {toolGroups.map(({ label, tools }) => (
          <div key={label} role="group" aria-label={label} className={groupClass}>
            {tools.map((tool) => (
              <ToolButton
                key={tool.label}
                label={tool.label}
                shortcut={tool.shortcut}
                pressed={tool.isOn?.(formats)}
                onPress={() => run(tool)}
              >
                <tool.Icon aria-hidden="true" className="size-4.5" />
              </ToolButton>
            ))}
            {label === 'Parts' && parts}
          </div>
        ))}
        <div role="group" aria-label="View" className={`${groupClass} sm:ml-auto`}>
          {view}
        </div>
      </div>
      <ContextTools text={text} formats={formats} />
    </div>
  )
}

const groupClass = 'flex shrink-0 items-center border-rule not-first:border-l not-first:pl-1'

const tabbable = 'button:not(:disabled), input:not([type="file"])'

/** Of several tools one is reached by the Tab key: the last that had the focus (ARIA Authoring Practices, toolbar). */
function useRovingFocus(bar: RefObject<HTMLDivElement | null>) {
  const current = useRef<HTMLElement>(undefined)
  const all = () => [...(bar.current?.querySelectorAll<HTMLElement>(tabbable) ?? [])]
  const mark = () => {
    const tools = all()
    if (!current.current || !tools.includes(current.current)) [current.current] = tools
    for (const tool of tools) tool.tabIndex = tool === current.current ? 0 : -1
  }
  useEffect(mark)
  useEffect(() => {
    const element = bar.current
    const take = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || !target.matches(tabbable)) return
      current.current = target
      for (const tool of element?.querySelectorAll<HTMLElement>(tabbable) ?? []) {
        tool.tabIndex = tool === target ? 0 : -1
      }
    }
    element?.addEventListener('focusin', take)
    return () => element?.removeEventListener('focusin', take)
  }, [bar])
  return (event: KeyboardEvent) => {
    const tools = all()
    const { target } = event
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
    // In a field the arrow keys move its caret.
    if (target instanceof HTMLInputElement) return
    const index = tools.indexOf(target)
    const next = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1 + tools.length,
      Home: 0,
      End: tools.length - 1,
    }[event.key]
    if (next === undefined || index === -1) return
    event.preventDefault()
    tools[next % tools.length]?.focus()
  }
}
