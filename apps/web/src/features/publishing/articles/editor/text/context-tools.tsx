import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  type LucideIcon,
  TableColumnsSplit,
  TableRowsSplit,
  Trash2,
} from 'lucide-react'
import { type ReactNode, type RefObject, useId, useState } from 'react'
import { setLanguage } from './code-blocks.ts'
import type { Formats } from './formats.ts'
import { type Callout, callouts, setCallout } from './quotes.ts'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAbove,
  addRowBelow,
  alignColumn,
  atTable,
  removeColumn,
  removeRow,
  removeTable,
  type TableEdit,
  type TablePlace,
} from './tables.ts'
import type { TextEditor } from './text-editor.ts'
import { ToolButton } from './tool-button.tsx'

type ContextToolsProps = { text: RefObject<TextEditor | null>; formats: Formats }

/** What can be done with the table, the callout or the block of code that the caret is in. */
export function ContextTools({ text, formats: { table, callout, codeBlock } }: ContextToolsProps) {
  if (table) return <TableTools text={text} table={table} />
  if (callout) return <CalloutTools text={text} callout={callout} />
  if (codeBlock !== null) return <LanguageTool key={codeBlock} text={text} language={codeBlock} />
  return null
}

type Change = {
  label: string
  Icon: LucideIcon
  edit: TableEdit
  align?: 'left' | 'center' | 'right'
}

const tableChanges: Change[] = [
  { label: 'Add row above', Icon: BetweenHorizontalStart, edit: addRowAbove },
  { label: 'Add row below', Icon: BetweenHorizontalEnd, edit: addRowBelow },
  { label: 'Add column before', Icon: BetweenVerticalStart, edit: addColumnBefore },
  { label: 'Add column after', Icon: BetweenVerticalEnd, edit: addColumnAfter },
  { label: 'Align column left', Icon: AlignLeft, edit: alignColumn('left'), align: 'left' },
  { label: 'Centre column', Icon: AlignCenter, edit: alignColumn('center'), align: 'center' },
  { label: 'Align column right', Icon: AlignRight, edit: alignColumn('right'), align: 'right' },
  { label: 'Remove row', Icon: TableRowsSplit, edit: removeRow },
  { label: 'Remove column', Icon: TableColumnsSplit, edit: removeColumn },
  { label: 'Remove table', Icon: Trash2, edit: removeTable },
]

function TableTools({ text, table }: { text: RefObject<TextEditor | null>; table: TablePlace }) {
  return (
    <Row label="Table">
      {tableChanges.map(({ label, Icon, edit, align }) => (
        <ToolButton
          key={label}
          label={label}
          pressed={align && table.aligns[table.column] === align}
          onPress={() => text.current?.apply(atTable(edit))}
        >
          <Icon aria-hidden="true" className="size-4.5" />
        </ToolButton>
      ))}
    </Row>
  )
}

function CalloutTools({ text, callout }: { text: RefObject<TextEditor | null>; callout: Callout }) {
  const kinds = Object.entries(callouts) as [Callout, string][] // the keys are the kinds
  return (
    <Row label="Kind of callout">
      {kinds.map(([kind, label]) => (
        <button
          key={kind}
          type="button"
          aria-pressed={kind === callout}
          onClick={() => text.current?.apply((at) => setCallout(at, kind))}
          className="inline-flex min-h-11 shrink-0 items-center rounded-sm px-3 text-xs text-soft hover:bg-sunken hover:text-ink aria-pressed:bg-accent-wash aria-pressed:text-ink sm:pointer-fine:min-h-9 forced-colors:aria-pressed:border-2"
        >
          {label}
        </button>
      ))}
    </Row>
  )
}

/** Those that readers get in colours; any other name is kept as well. */
const languages = [
  'bash',
  'c',
  'csharp',
  'css',
  'diff',
  'docker',
  'go',
  'graphql',
  'html',
  'java',
  'javascript',
  'json',
  'kotlin',
  'markdown',
  'php',
  'python',
  'ruby',
  'rust',
  'sql',
  'swift',
  'toml',
  'tsx',
  'typescript',
  'yaml',
]

type LanguageToolProps = { text: RefObject<TextEditor | null>; language: string }

function LanguageTool({ text, language }: LanguageToolProps) {
  const id = useId()
  const [typed, setTyped] = useState(language)
  const take = () => {
    const edit =
      typed === language ? null : text.current && setLanguage(text.current.selection(), typed)
    if (edit) text.current?.replace(edit)
  }
  return (
    <Row label="Code block">
      <label htmlFor={id} className="px-2 text-xs text-soft">
        Language of the code
      </label>
      <input
        id={id}
        dir="auto"
        list={`${id}-names`}
        value={typed}
        maxLength={40}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take()
          text.current?.apply(() => null)
        }}
        className="min-h-11 w-40 rounded-sm border border-edge bg-raised px-2.5 text-base sm:pointer-fine:min-h-9 sm:pointer-fine:text-sm"
      />
      <datalist id={`${id}-names`}>
        {languages.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </Row>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex items-center gap-x-0.5 overflow-x-auto border-t border-rule px-1.5 py-0.5 sm:flex-wrap"
    >
      {children}
    </div>
  )
}
