import { Columns2, Eye, PenLine } from 'lucide-react'
import type { PreviewMode } from './editor-settings.ts'

type PreviewModeSwitchProps = {
  mode: PreviewMode
  /** Whether both have room beside each other. */
  wide: boolean
  onChange: (mode: PreviewMode) => void
}

const modes = [
  { mode: 'write', label: 'Write', Icon: PenLine },
  { mode: 'beside', label: 'Side by side', Icon: Columns2 },
  { mode: 'preview', label: 'Preview', Icon: Eye },
] as const

/** Where the article as readers will see it stands: nowhere, beside the text, or in its place. */
export function PreviewModeSwitch({ mode, wide, onChange }: PreviewModeSwitchProps) {
  return (
    <div role="group" aria-label="Write or preview" className="flex self-end">
      {modes.map((each) => {
        if (each.mode === 'beside' && !wide) return null
        return (
          <button
            key={each.mode}
            type="button"
            aria-pressed={each.mode === mode}
            onClick={() => onChange(each.mode)}
            className="inline-flex min-h-11 items-center gap-2 border border-edge px-3.5 text-xs font-medium text-soft not-first:border-l-0 first:rounded-l-sm last:rounded-r-sm hover:bg-sunken hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-ink sm:pointer-fine:min-h-9 forced-colors:aria-pressed:border-2"
          >
            <each.Icon aria-hidden="true" className="size-4" />
            {each.label}
          </button>
        )
      })}
    </div>
  )
}
