import { afterAll, expect, test } from 'vitest'
import { createMarkdownRenderer, MarkdownTooComplex } from '../src/renderer.ts'

const SIZE = 100_000
const TIME_LIMIT_MS = 250
/** Beside the limit: starting a thread, ending it, and a machine that has other work. */
const MARGIN_MS = 40_000
/** Rendering any of these on the main thread would take seconds of it. Its own time: the machine may be busy. */
const MAX_MAIN_THREAD_MS = 500

const renderer = createMarkdownRenderer({ timeLimitMs: TIME_LIMIT_MS })
afterAll(() => renderer.close())

const documents: Record<string, string> = {
  'quotes, 10,000 deep': `${'>'.repeat(10_000)} a`,
  'quotes, 100,000 deep': `${'>'.repeat(SIZE)} a`,
  'opening brackets': '['.repeat(SIZE),
  'images and brackets': '!['.repeat(SIZE / 2),
  'opening links': '[a]('.repeat(SIZE / 4),
  'links in links': '[a](b '.repeat(SIZE / 6),
  asterisks: '*'.repeat(SIZE),
  'emphasis never closed': '*a_ '.repeat(SIZE / 4),
  'emphasis in emphasis': '*a **a '.repeat(SIZE / 7),
  strikethrough: '~~a '.repeat(SIZE / 4),
  'list markers on one line': `${'- '.repeat(SIZE / 2)}a`,
  'lists in lists': Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- a`).join(
    '\n',
  ),
  'a wide table with many rows': `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n${'a\n'.repeat(10_000)}`,
  'a long table': `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(SIZE / 6)}`,
  'a long URL, often referred to': `[a]: /${'x'.repeat(SIZE / 2)}\n\n${'[a] '.repeat(SIZE / 8)}`,
  'many footnotes': Array.from({ length: 5000 }, (_, i) => `[^${i}]\n\n[^${i}]: a`).join('\n\n'),
  'one footnote, often referred to': `[^1]: a\n\n${'[^1] '.repeat(SIZE / 5)}`,
  'many headings': '# a\n'.repeat(SIZE / 4),
  'headings of one long word': `# ${'a'.repeat(500)}\n`.repeat(SIZE / 502),
  'callouts in callouts': Array.from({ length: 45 }, (_, depth) =>
    ['[!NOTE]', 'a'].map((line) => `${'> '.repeat(depth + 1)}${line}\n`).join(''),
  ).join(''),
  'callouts never begun': `> [!NOTE] ${'[!'.repeat(SIZE / 2)}`,
  'footnotes in footnotes': Array.from(
    { length: 4000 },
    (_, i) => `[^${i}]: [^${i + 1}] [^${i + 2}]`,
  ).join('\n\n'),
  'tables of one cell': '|a|\n|-|\n\n'.repeat(SIZE / 9),
  underlines: 'a\n=\n'.repeat(SIZE / 4),
  backticks: Array.from({ length: 440 }, (_, i) => `${'`'.repeat(i)}a`).join(' '),
  'angle brackets': '<'.repeat(SIZE),
  comments: '<!-- '.repeat(SIZE / 5),
  ampersands: '&'.repeat(SIZE),
  'bare addresses': 'www.a.'.repeat(SIZE / 6),
  'mail addresses': 'a@'.repeat(SIZE / 2),
  'code on one line': `\`\`\`js\n${"'a' + ".repeat(SIZE / 6)}\n\`\`\``,
  'code nested line by line': `\`\`\`js\n${'{[(`${\n'.repeat(SIZE / 7)}\`\`\``,
  'Markdown as code': `\`\`\`md\n${'> \n'.repeat(SIZE / 3)}\`\`\``,
  'U+0000': '\0'.repeat(SIZE),
}

test.each(Object.entries(documents))(
  'XS2: %s end in HTML or MarkdownTooComplex, off the event loop',
  { timeout: TIME_LIMIT_MS + MARGIN_MS },
  async (_, markdown) => {
    await renderer.render('The thread is warm.', { holder: 'a' })
    const before = process.threadCpuUsage()
    const outcome = await renderer
      .render(markdown, { holder: 'a' })
      .catch((error: unknown) => error)
    const { user } = process.threadCpuUsage(before)
    expect(outcome).toSatisfy(
      (end) =>
        end instanceof MarkdownTooComplex || typeof Reflect.get(Object(end), 'html') === 'string',
    )
    expect(user / 1000).toBeLessThan(MAX_MAIN_THREAD_MS)
  },
)
