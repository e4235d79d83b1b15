import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { type Shortcut, shownShortcut } from './shortcuts.ts'
import { tools } from './tools.ts'

const others: [string, Shortcut][] = [
  ['Paste as plain text', 'Mod-Shift-v'],
  ['Find and replace', 'Mod-f'],
  ['Find the next', 'Mod-g'],
  ['Outline', 'Mod-Alt-o'],
  ['Where the preview stands', 'Mod-Alt-p'],
  ['Full screen', 'Mod-Shift-Enter'],
  ['Save the draft', 'Mod-s'],
  ['This list', 'Mod-/'],
]

const byName: [string, string][] = [
  ['Next cell of a table, or a list item further in', 'Tab'],
  ['Previous cell, or a list item further out', 'Shift+Tab'],
  ['Leave the text with Tab', 'Esc, then Tab'],
  ['Move a line up or down', 'Alt+↑ ↓'],
]

/** All that the keyboard does in the editor. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const ofTools = tools.flatMap(({ label, shortcut }) =>
    shortcut ? [[label, shownShortcut(shortcut)] as const] : [],
  )
  const rows = [
    ...ofTools,
    ...others.map(([label, shortcut]) => [label, shownShortcut(shortcut)] as const),
    ...byName,
  ]
  return (
    <Dialog
      title="Keyboard shortcuts"
      description="In the text. In the toolbar, the arrow keys lead from tool to tool."
      onClose={onClose}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <dl className="flex max-h-[50dvh] flex-col overflow-y-auto text-sm" tabIndex={0}>
        {rows.map(([label, keys]) => (
          <div key={label} className="flex justify-between gap-4 border-b border-rule py-1.5">
            <dt>{label}</dt>
            <dd>
              <kbd className="font-mono text-xs whitespace-nowrap">{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex justify-end">
        <Button variant="line" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}
