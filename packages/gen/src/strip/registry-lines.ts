/**
 * A source without some names that it imported: they go from the lists that they stand in, as a line of their own or
 * as one item of a line. Throws where a name is used in any other way, because then the source is no registry of parts.
 */
export function removeFromLists(source: string, names: string[]): string {
  let text = source
  for (const name of names) {
    const word = name.replaceAll('$', '\\$')
    const item = `(?:\\.\\.\\.|\\w+: )?${word}`
    text = text
      .replaceAll(new RegExp(`^ *${item},(?: //.*)?\\n`, 'gm'), '')
      .replaceAll(new RegExp(`(?<=[[{(] ?)${item}, `, 'g'), '')
      .replaceAll(new RegExp(`, ${item}(?=,|\\)| ?[\\]}])`, 'g'), '')
      .replaceAll(new RegExp(`\\[${item}\\]`, 'g'), '[]')
      .replaceAll(new RegExp(` & ${word}\\b|(?<![\\w.])${word} & `, 'g'), '')
    const line = withoutImportStatements(text)
      .split('\n')
      .find((each) => uses(each, word) && !/^\s*(\/\/|\*|\/\*)/.test(each))
    if (line !== undefined) {
      const why = 'belongs to what is removed, and is no item of a list here'
      throw new Error(`"${name}" ${why}: ${line.trim()}`)
    }
  }
  return text
}

const withoutImportStatements = (text: string) =>
  text.replaceAll(/^import [\w\s{},*$]*? from '[^'\n]+'\n/gm, '')

const uses = (text: string, word: string) =>
  new RegExp(`(?<![\\w$.'/-])${word}(?![\\w$'/:-])`).test(text)

/** Lines that end in a comment with this word stand for a part, or begin a statement that does, until its brackets close. */
export function removeMarked(source: string, mark: string): string {
  if (!source.includes(` // ${mark}\n`)) return source
  const kept: string[] = []
  let depth = 0
  for (const line of source.split('\n')) {
    if (depth <= 0 && !line.endsWith(` // ${mark}`)) {
      kept.push(line)
      depth = 0
      continue
    }
    const code = line.replace(/ \/\/.*$/, '')
    depth += (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0)
  }
  return removeUnusedImports(kept.join('\n'))
}

/** What was imported for removed lines only. */
export function removeUnusedImports(source: string): string {
  return source.replaceAll(
    /^import (type )?\{([^}]*)\} from ('[^'\n]+')\n/gm,
    (whole, type, list, from) => {
      const rest = source.replace(whole, '')
      const bindings = String(list)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
      const used = bindings.filter((each) => {
        const name = each.split(/\s+/).at(-1) ?? ''
        return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(rest)
      })
      if (used.length === bindings.length) return whole
      if (used.length === 0) return ''
      return `import ${type ?? ''}{ ${used.join(', ')} } from ${from}\n`
    },
  )
}
