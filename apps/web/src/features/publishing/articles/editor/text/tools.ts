import {
  Bold,
  Code,
  Heading2,
  Heading3,
  Heading4,
  Italic,
  Link2,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  MessageSquareWarning,
  Quote,
  Redo2,
  SquareCode,
  Strikethrough,
  Superscript,
  Table,
  Undo2,
} from 'lucide-react'
import { toggleCodeBlock } from './code-blocks.ts'
import { insertFootnote } from './footnotes.ts'
import type { Formats } from './formats.ts'
import { toggleMark } from './inline-marks.ts'
import { toggleLines, toggleQuote } from './lines.ts'
import { toggleLink } from './links.ts'
import { toggleCallout } from './quotes.ts'
import type { Shortcut } from './shortcuts.ts'
import { atTable, insertTable, nextCell } from './tables.ts'
import type { Edit, Selection, TextEditor } from './text-editor.ts'

/** Something that the toolbar or a shortcut does with the text. */
export type Tool = {
  label: string
  shortcut?: Shortcut
  Icon: LucideIcon
  run: (text: TextEditor) => void
  /** Whether the text at the caret is that already; without it nothing is toggled. */
  isOn?: (formats: Formats) => boolean
}

type Changing = Omit<Tool, 'run'> & { edit: (selection: Selection) => Edit | null }

const changing = ({ edit, ...tool }: Changing): Tool => ({
  ...tool,
  run: (text) => text.apply(edit),
})

const heading = (level: 2 | 3 | 4, Icon: LucideIcon) =>
  changing({
    label: `Heading ${level}`,
    shortcut: `Mod-Alt-${level}`,
    Icon,
    edit: (at) => toggleLines(at, `heading ${level}`),
    isOn: ({ line }) => line === `heading ${level}`,
  })

/** In groups, as they stand beside each other. The title of an article is its heading of the first level. */
export const toolGroups: { label: string; tools: Tool[] }[] = [
  {
    label: 'History',
    tools: [
      { label: 'Undo', shortcut: 'Mod-z', Icon: Undo2, run: (text) => text.undo() },
      { label: 'Redo', shortcut: 'Mod-Shift-z', Icon: Redo2, run: (text) => text.redo() },
    ],
  },
  {
    label: 'Words',
    tools: [
      changing({
        label: 'Bold',
        shortcut: 'Mod-b',
        Icon: Bold,
        edit: (at) => toggleMark(at, '**', 'bold'),
        isOn: ({ marks }) => marks['**'],
      }),
      changing({
        label: 'Italic',
        shortcut: 'Mod-i',
        Icon: Italic,
        edit: (at) => toggleMark(at, '*', 'italic'),
        isOn: ({ marks }) => marks['*'],
      }),
      changing({
        label: 'Strikethrough',
        shortcut: 'Mod-Shift-x',
        Icon: Strikethrough,
        edit: (at) => toggleMark(at, '~~', 'struck'),
        isOn: ({ marks }) => marks['~~'],
      }),
      changing({
        label: 'Code',
        shortcut: 'Mod-e',
        Icon: Code,
        edit: (at) => toggleMark(at, '`', 'code'),
        isOn: ({ marks }) => marks['`'],
      }),
      changing({
        label: 'Link',
        shortcut: 'Mod-k',
        Icon: Link2,
        edit: toggleLink,
        isOn: ({ link }) => link,
      }),
    ],
  },
  {
    label: 'Paragraphs',
    tools: [
      heading(2, Heading2),
      heading(3, Heading3),
      heading(4, Heading4),
      changing({
        label: 'Quote',
        shortcut: 'Mod-Shift-.',
        Icon: Quote,
        edit: toggleQuote,
        isOn: ({ quote }) => quote,
      }),
      changing({
        label: 'Bulleted list',
        shortcut: 'Mod-Shift-8',
        Icon: List,
        edit: (at) => toggleLines(at, 'bullets'),
        isOn: ({ line }) => line === 'bullets',
      }),
      changing({
        label: 'Numbered list',
        shortcut: 'Mod-Shift-7',
        Icon: ListOrdered,
        edit: (at) => toggleLines(at, 'numbers'),
        isOn: ({ line }) => line === 'numbers',
      }),
      changing({
        label: 'Task list',
        shortcut: 'Mod-Shift-9',
        Icon: ListChecks,
        edit: (at) => toggleLines(at, 'tasks'),
        isOn: ({ line }) => line === 'tasks',
      }),
    ],
  },
  {
    label: 'Parts',
    tools: [
      changing({
        label: 'Table',
        shortcut: 'Mod-Alt-t',
        Icon: Table,
        edit: (at) => atTable(nextCell)(at) ?? insertTable(at),
      }),
      changing({
        label: 'Footnote',
        shortcut: 'Mod-Alt-f',
        Icon: Superscript,
        edit: insertFootnote,
      }),
      changing({
        label: 'Callout',
        shortcut: 'Mod-Alt-c',
        Icon: MessageSquareWarning,
        edit: toggleCallout,
        isOn: ({ callout }) => callout !== null,
      }),
      changing({
        label: 'Code block',
        shortcut: 'Mod-Shift-e',
        Icon: SquareCode,
        edit: toggleCodeBlock,
        isOn: ({ codeBlock }) => codeBlock !== null,
      }),
    ],
  },
]

export const tools = toolGroups.flatMap((group) => group.tools)
