/** Whether a path or pattern, as documents write them, leads to something that stays. */
type Stays = (path: string) => boolean

/**
 * A document without what it says of a part: what stands between `<!-- part -->` and `<!-- /part -->`, or to its end;
 * rows of tables that name removed files only; and links to removed documents. Null when nothing is left.
 * A marker in backquotes is text.
 */
export function trimDocument(text: string, part: string, stays: Stays): string | null {
  const open = marker(part)
  const close = marker(`/${part}`)
  const kept = text
    .replaceAll(new RegExp(`${open}.*?${close}[ ]?\\n?`, 'gs'), '')
    .replace(new RegExp(`${open}.*`, 's'), '')
    .replaceAll(`{platform,${part}}`, 'platform')
    .replaceAll(`${part} -> platform`, 'platform')
  if (kept.trim() === '') return null
  const lines = kept
    .split('\n')
    .flatMap((line) => (line.startsWith('|') ? trimRow(line, stays) : [line]))
  return `${unlink(lines.join('\n'), stays)
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

const marker = (name: string) => `(?:(?<!\`)<!-- ${name} -->|<!-- ${name} -->(?!\`))`

const pathPattern = /`([\w.@{},*$/-]+\/[\w.@{},*$/-]*)`/g

function trimRow(row: string, stays: Stays): string[] {
  const names = [...row.matchAll(pathPattern)].map(([, path = '']) => path)
  const lost = names.filter((path) => !stays(path))
  if (lost.length === 0) return [row]
  if (lost.length === names.length) return []
  return [
    lost.reduce(
      (rest, path) => rest.replace(new RegExp(`, ${quote(path)}|${quote(path)}(, )?`), ''),
      row,
    ),
  ]
}

const quote = (path: string) => `\`${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\``

const unlink = (text: string, stays: Stays) =>
  text.replaceAll(/(?<!!)\[([^\]\n]+)\]\(([\w./-]+\.md)\)/g, (whole, words: string, path: string) =>
    stays(path) ? whole : words,
  )
