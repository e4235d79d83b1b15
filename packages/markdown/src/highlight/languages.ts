import type { LanguageInput } from 'shiki/core'

export type Language = {
  readonly name: string
  readonly aliases: readonly string[]
  readonly grammar: LanguageInput
}

/**
 * The languages that a code block may name. Grammars load when first named. C++ is read as C, for
 * its own grammar takes more than a second to compile.
 */
export const languages: readonly Language[] = [
  {
    name: 'bash',
    aliases: ['sh', 'shell', 'zsh', 'shellscript'],
    grammar: () => import('shiki/langs/bash.mjs'),
  },
  {
    name: 'c',
    aliases: ['h', 'cpp', 'c++', 'cc', 'hpp'],
    grammar: () => import('shiki/langs/c.mjs'),
  },
  { name: 'csharp', aliases: ['cs', 'c#'], grammar: () => import('shiki/langs/csharp.mjs') },
  { name: 'css', aliases: [], grammar: () => import('shiki/langs/css.mjs') },
  { name: 'diff', aliases: ['patch'], grammar: () => import('shiki/langs/diff.mjs') },
  { name: 'docker', aliases: ['dockerfile'], grammar: () => import('shiki/langs/docker.mjs') },
  { name: 'go', aliases: ['golang'], grammar: () => import('shiki/langs/go.mjs') },
  { name: 'graphql', aliases: ['gql'], grammar: () => import('shiki/langs/graphql.mjs') },
  { name: 'html', aliases: ['htm'], grammar: () => import('shiki/langs/html.mjs') },
  { name: 'java', aliases: [], grammar: () => import('shiki/langs/java.mjs') },
  {
    name: 'javascript',
    aliases: ['js', 'mjs', 'cjs'],
    grammar: () => import('shiki/langs/javascript.mjs'),
  },
  { name: 'jsonc', aliases: ['json', 'json5'], grammar: () => import('shiki/langs/jsonc.mjs') },
  { name: 'kotlin', aliases: ['kt', 'kts'], grammar: () => import('shiki/langs/kotlin.mjs') },
  { name: 'markdown', aliases: ['md'], grammar: () => import('shiki/langs/markdown.mjs') },
  { name: 'php', aliases: [], grammar: () => import('shiki/langs/php.mjs') },
  { name: 'python', aliases: ['py'], grammar: () => import('shiki/langs/python.mjs') },
  { name: 'ruby', aliases: ['rb'], grammar: () => import('shiki/langs/ruby.mjs') },
  { name: 'rust', aliases: ['rs'], grammar: () => import('shiki/langs/rust.mjs') },
  { name: 'sql', aliases: ['postgresql', 'psql'], grammar: () => import('shiki/langs/sql.mjs') },
  { name: 'swift', aliases: [], grammar: () => import('shiki/langs/swift.mjs') },
  { name: 'toml', aliases: ['ini'], grammar: () => import('shiki/langs/toml.mjs') },
  { name: 'tsx', aliases: ['jsx'], grammar: () => import('shiki/langs/tsx.mjs') },
  {
    name: 'typescript',
    aliases: ['ts', 'mts', 'cts'],
    grammar: () => import('shiki/langs/typescript.mjs'),
  },
  { name: 'xml', aliases: ['svg'], grammar: () => import('shiki/langs/xml.mjs') },
  { name: 'yaml', aliases: ['yml'], grammar: () => import('shiki/langs/yaml.mjs') },
]

const languageByName = new Map(
  languages.flatMap((language) =>
    [language.name, ...language.aliases].map((name) => [name, language] as const),
  ),
)

/** The language that a code block names, in upper or lower case, if there is a grammar for it. */
export function findLanguage(name: string): Language | undefined {
  return languageByName.get(name.toLowerCase())
}
