/** A source without the names that it imports and does not use. Templates import what any field may need. */
export function withoutUnusedImports(source: string): string {
  const used = identifiersIn(source.replaceAll(importStatement, ''))
  return source.replaceAll(importStatement, (whole, type, list: string, from) => {
    const all = list.split(',').map((each) => each.trim())
    const kept = all.filter((each) => each !== '' && used.has(each.split(' ').at(-1) ?? ''))
    if (kept.length === 0) return ''
    return `import ${type ?? ''}{ ${kept.join(', ')} } from ${from}\n`
  })
}

const importStatement = /^import (type )?\{([^}]*)\} from ('[^'\n]+')\n/gm

/** The names that code uses, but for keys, members, and words in comments and strings. */
function identifiersIn(code: string): Set<string> {
  const bare = code
    .replaceAll(/\/\*.*?\*\//gs, ' ')
    .replaceAll(/(?<!:)\/\/.*$/gm, ' ')
    .replaceAll(/'[^'\n]*'|"[^"\n]*"/g, ' ')
    .replaceAll(/(?<!\.\.)\.\s*[A-Za-z_$][\w$]*/g, ' ')
    .replaceAll(/(?<=^|[{,(]\s*)[A-Za-z_$][\w$]*\??:/gm, ' ')
  return new Set(bare.match(/[A-Za-z_$][\w$]*/g))
}
