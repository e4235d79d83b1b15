import type { Content, ContentField } from '../content.ts'
import { isUndecided, mergeText, type TextPart } from './merge-text.ts'

/** Three states of an article: what two people began with, and what each made of it. */
export type Three = { base: Content; mine: Content; theirs: Content }

/** Something that both changed in different ways: a field, or a part of the text. */
export type Conflict = { of: string; mine: string; theirs: string; mayKeepBoth: boolean }

export type Choice = 'mine' | 'theirs' | 'both'

export type Merge = {
  conflicts: Conflict[]
  /** What comes of it, by a choice for each conflict in their order. */
  resolve(choices: readonly Choice[]): Content
}

/** Merges the text by paragraphs, tags one by one, and every other field as a whole. */
export function mergeContent(three: Three): Merge {
  const { base, mine, theirs } = three
  const groups = fieldGroups.map((group) => ({ ...group, decided: decide(group.fields, three) }))
  const open = groups.filter(({ decided }) => decided === null)
  const tags = mergeTags(three)
  const tagsAreOpen = tags.length > MOST_TAGS
  const parts = mergeText(base.body, mine.body, theirs.body)
  const openParts = parts.filter(isUndecided)
  return {
    conflicts: [
      ...open.map(({ of, toText }) => conflictOf(of, toText(mine), toText(theirs))),
      ...(tagsAreOpen ? [conflictOf('Tags', tagsText(mine), tagsText(theirs))] : []),
      ...openParts.map((part) => ({
        ...conflictOf('Text', part.mine, part.theirs),
        mayKeepBoth: true,
      })),
    ],
    resolve(choices) {
      const left = [...choices]
      const content = { ...theirs }
      for (const { fields, decided } of groups) {
        const choice = decided ?? left.shift() ?? 'mine'
        if (choice !== 'theirs') Object.assign(content, pick(mine, fields))
      }
      const ofTags = tagsAreOpen ? (left.shift() ?? 'mine') : null
      content.tags = ofTags === null ? tags : ofTags === 'theirs' ? theirs.tags : mine.tags
      content.body = resolveText(parts, left)
      return content
    },
  }
}

type Group = { of: string; fields: ContentField[]; toText: (content: Content) => string }

const tagsText = ({ tags }: Content) => tags.join(', ')

const fieldGroups: Group[] = [
  { of: 'Title', fields: ['title'], toText: ({ title }) => title },
  { of: 'Description', fields: ['description'], toText: ({ description }) => description },
  { of: 'Cover', fields: ['coverUrl', 'coverMediaId', 'coverFocus'], toText: coverText },
  { of: 'Language', fields: ['language'], toText: ({ language }) => language },
]

function coverText({ coverUrl, coverMediaId, coverFocus }: Content) {
  const picture = coverMediaId === null ? coverUrl : `/media/${coverMediaId}`
  return coverFocus ? `${picture} (${coverFocus.x}% ${coverFocus.y}%)` : picture
}

/** As many as an article may have. */
const MOST_TAGS = 5

const conflictOf = (of: string, mine: string, theirs: string): Conflict => ({
  of,
  mine,
  theirs,
  mayKeepBoth: false,
})

/** Whose it is; null where that is to be decided. */
function decide(fields: ContentField[], { base, mine, theirs }: Three): 'mine' | 'theirs' | null {
  const isSame = (one: Content, other: Content) =>
    fields.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))
  if (isSame(base, mine) || isSame(mine, theirs)) return 'theirs'
  return isSame(base, theirs) ? 'mine' : null
}

const pick = (content: Content, fields: ContentField[]): Partial<Content> =>
  Object.fromEntries(fields.map((field) => [field, content[field]]))

function mergeTags({ base, mine, theirs }: Three): string[] {
  if (String(base.tags) === String(theirs.tags)) return mine.tags
  const removed = base.tags.filter((tag) => !mine.tags.includes(tag))
  const added = mine.tags.filter((tag) => !base.tags.includes(tag) && !theirs.tags.includes(tag))
  return [...theirs.tags.filter((tag) => !removed.includes(tag)), ...added]
}

function resolveText(parts: readonly TextPart[], choices: Choice[]): string {
  const left = [...choices]
  return parts
    .map((part) => {
      if (!isUndecided(part)) return part.text
      const choice = left.shift() ?? 'both'
      return choice === 'both' ? inARow(part.mine, part.theirs) : part[choice]
    })
    .join('')
}

function inARow(first: string, second: string) {
  if (first.trim() === '' || second.trim() === '') return first + second
  return /\n[ \t]*\n$/.test(first) ? first + second : `${first}\n\n${second}`
}
