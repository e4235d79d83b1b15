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

/**
 * A few lines in each language that code blocks may name, with as many kinds of token as fit: what
 * a grammar is compiled on before it meets an author's code.
 */
export const languageSamples: Record<string, string> = {
  bash: '#!/bin/bash\n# comment\nname="$1"\nif [ -z "${name}" ]; then echo "no $name" >&2; exit 1; fi\nfor f in *.txt; do cat "$f" | wc -l; done',
  c: '#include <stdio.h>\n/* comment */\ntypedef struct { int x; } point;\nint main(void) { printf("%d\\n", 0x2A); return 0; }',
  csharp:
    'using System;\n// comment\nnamespace A { public class B : C { public int D { get; set; } = 1; string E() => $"x {D}"; } }',
  css: '/* comment */\n@media (min-width: 40rem) { a.b:hover > #c::before { color: #fff; margin: 0 auto; content: "x"; --d: var(--e); } }',
  diff: 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-old\n+new\n same',
  docker:
    '# comment\nFROM node:26 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && echo "x"\nENV A=1\nCMD ["node", "main.js"]',
  go: 'package main\n\nimport "fmt"\n\n// comment\ntype T struct{ A int }\n\nfunc (t T) M(x string) error { fmt.Printf("%s %d\\n", x, 1); return nil }',
  graphql:
    '# comment\ntype A implements B { id: ID! @deprecated(reason: "x") }\nquery C($d: Int = 1) { e(f: $d) { ...G } }',
  html: '<!doctype html>\n<!-- comment -->\n<a href="/x" class=y>z &amp; w</a>\n<style>a { color: red }</style>\n<script>const a = 1</script>',
  java: 'package a;\n// comment\n@Override\npublic final class B<T> extends C { private static final int D = 1; String e(int f) { return "g" + f; } }',
  javascript:
    "// comment\nimport a from 'b'\nexport async function* c(d, ...e) { const F = /g+/u; yield `h ${await d}`; return new Map([[null, 1n]]) }",
  jsonc: '{ "a": [1, true, null, "b\\n"], /* comment */ "c": {} }',
  kotlin:
    'package a\n// comment\ndata class B(val c: Int = 1)\nfun d(e: String): String? = if (e.isEmpty()) null else "f $e"',
  markdown:
    '# Heading\n\n*a* **b** `c` [d](https://e.example "f")\n\n> quote\n\n- item\n\n```js\nlet g = 1\n```\n\n<b>h</b>',
  php: '<?php\n// comment\nnamespace A;\nfinal class B extends C { public function d(int $e = 1): string { return "f {$e}" . self::G; } }',
  python:
    '# comment\nfrom a import b\n\n@c\nclass D(E):\n    """doc"""\n    async def f(self, g: int = 1, *h) -> str:\n        return f"i {g!r}" if g and not None else \'\'',
  ruby: '# comment\nmodule A\n  class B < C\n    attr_reader :d\n    def e(f = 1)\n      puts "g #{f}" unless @h.nil?\n      /i+/ =~ f\n    end\n  end\nend',
  rust: "// comment\nuse std::fmt;\n#[derive(Debug)]\npub struct A<'b> { c: &'b str }\nimpl A<'_> { fn d(&self) -> Option<u8> { println!(\"{}\", self.c); Some(1) } }",
  sql: "-- comment\nSELECT a.id, count(*) AS n FROM articles a JOIN b ON b.id = a.b_id WHERE a.title ILIKE 'x%' AND n > 1 GROUP BY 1;",
  swift:
    '// comment\nimport Foundation\nstruct A: B { let c: Int = 1; func d(e f: String) -> String? { return "g \\(f)" } }',
  toml: '# comment\ntitle = "a"\n[b.c]\nd = [1, 2.5, true]\ne = 2026-01-01T00:00:00Z',
  tsx: '// comment\nexport const A = ({ b }: { b?: string }) => <C d="e" f={() => g(b)}>h {b ?? \'i\'} <br /></C>',
  typescript:
    "// comment\nimport type { A } from './a.ts'\nexport abstract class B<T extends A> implements C { readonly #d: T | null = null; @e() f(g: number, h = 'i'): asserts g is 1 { return void this.#d } }",
  xml: '<?xml version="1.0"?>\n<!-- comment -->\n<a:b xmlns:a="urn:x" c="d">e &lt; <![CDATA[f]]></a:b>',
  yaml: '# comment\na: 1\nb: [true, null, "c"]\nd: &e\n  - f: |\n      text\n  - *e',
}
