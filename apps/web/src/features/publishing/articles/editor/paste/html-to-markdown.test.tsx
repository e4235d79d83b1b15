import { describe, expect, test, vi } from 'vitest'
import { markdownOf } from './html-to-markdown.ts'

const origin = 'https://galley.example'
const convert = (html: string) => markdownOf(html, origin)?.markdown

test.each([
  [
    'marks',
    '<p>a <b>bold</b> <i>it</i> <s>no</s> <code>x</code></p>',
    'a **bold** *it* ~~no~~ `x`',
  ],
  ['headings', '<h2>Two</h2><p>text</p>', '## Two\n\ntext'],
  ['a list', '<ul><li>a<ol><li>b</ol><li>c</ul>', '- a\n  1. b\n- c'],
  ['a quote', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  ['code', '<pre><code class="language-ts">a  b\n*c*</code></pre>', '```ts\na  b\n*c*\n```'],
  [
    'a table',
    '<table><tr><th>a<th>b<tr><td>c|<td><b>d</b></table>',
    '| a | b |\n| - | - |\n| c\\| | **d** |',
  ],
  ['a link', '<a href="https://a.example/?q=1">here</a>', '[here](https://a.example/?q=1)'],
  ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
  ['marks in pieces', '<b>a</b><b>b </b><i> c</i><b> </b>d', '**ab** *c* d'],
  ['text that looks like marks', '<p><b>a</b> *b* [c] _d_</p>', '**a** \\*b\\* \\[c] \\_d\\_'],
  [
    'a document of Google',
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700">a</span><span style="font-style:italic"> b</span></p></b>',
    '**a** *b*',
  ],
  [
    'a document of Word',
    '<html xmlns:o="urn:x"><head><style>p{color:red}</style></head><body><!--StartFragment--><h1>a<o:p></o:p></h1><p class=MsoNormal><b>b</b></p><!--EndFragment--></body>',
    '# a\n\n**b**',
  ],
  [
    'a picture from elsewhere',
    '<p><img src="https://a.example/cat%20one.png" alt=""></p>',
    '[cat one.png](https://a.example/cat%20one.png)',
  ],
  [
    'its words',
    '<p><img src="https://a.example/1.png" alt="A cat"></p>',
    '[A cat](https://a.example/1.png)',
  ],
  [
    'a picture in a link',
    '<a href="https://a.example/"><img src="https://b.example/c.png" alt="C"></a>',
    '[C](https://a.example/)',
  ],
  [
    'a picture of this site',
    `<img src="${origin}/media/01980000-0000-7000-8000-00000000000a/640.webp" alt="A cat">`,
    '![A cat](/media/01980000-0000-7000-8000-00000000000a)',
  ],
  ['what counts readers', '<p><b>a</b><img src="https://t.example/p.gif" width="1"></p>', '**a**'],
  [
    'links that run something',
    '<p><b>a</b> <a href="javascript:alert(1)">b</a> <a href="data:text/html,x">c</a></p>',
    '**a** b c',
  ],
  [
    'what runs or hides',
    '<b>a</b><script>x</script><svg onload=x><text>y</text></svg><p style="display:none">z</p><iframe src=x></iframe>',
    '**a**',
  ],
  [
    'what is typed in forms',
    '<b>a</b><input value=x><button>y</button><textarea>z</textarea>',
    '**a**',
  ],
])('%s', (_name, html, markdown) => {
  expect(convert(html)).toBe(markdown)
})

test.each([
  '<p>only</p><p>paragraphs</p>',
  '<meta charset="utf-8"><span style="color:red">coloured</span>',
  '<div><div>rows</div><div>of **Markdown**</div></div>',
  '',
])('what is plain stays plain: %s', (html) => {
  expect(markdownOf(html, origin)).toBeNull()
})

test('pictures in the HTML itself are files to upload', () => {
  const pasted = markdownOf('<p>a<img src="data:image/png;base64,aGVsbG8="></p>', origin)
  expect(pasted?.markdown).toBe('a')
  expect(pasted?.pictures.map(({ name, type, size }) => [name, type, size])).toEqual([
    ['picture.png', 'image/png', 5],
  ])
  const svg = markdownOf('<b>a</b><img src="data:image/svg+xml;base64,aGVsbG8=">', origin)
  expect(svg?.pictures).toEqual([])
})

const fill = (size: number, part: string, around: [string, string] = ['', '']) =>
  around[0] + part.repeat(Math.floor(size / part.length)) + around[1]

// As deep as jsdom parses quickly; server/e2e/publishing/rich-editor.spec.ts takes a megabyte of each in a browser.
const deep = 6_000
const mega = 1_000_000

describe('hostile HTML takes no longer than a second', () => {
  test.each([
    ['deep', fill(deep, '<b><i>')],
    ['deep quotes', fill(deep, '<blockquote>')],
    ['deep lists', fill(deep, '<ul><li>')],
    ['deep tables', fill(deep, '<table><td>')],
    ['links in links', fill(deep, '<a href=https://a.example>b')],
    ['wide', fill(60_000, '<b>a</b>')],
    ['rows', fill(60_000, '<tr><td>a', ['<table>', '</table>'])],
    ['ragged rows', `<table><tr>${'<td>a'.repeat(2_000)}${'<tr><td>b'.repeat(2_000)}</table>`],
    ['spans', '<table><tr><td colspan=1000 rowspan=65534>a</table><b>b</b>'],
    ['stars', fill(140_000, '*_`', ['<b>a</b><p>', '</p>'])],
    ['brackets', fill(140_000, '[](', ['<b>a</b><p>', '</p>'])],
    ['too much text', fill(mega, '[](', ['<b>a</b><p>', '</p>'])],
    ['spaces', fill(140_000, ' ', ['<b>a</b><p>x', 'x</p>'])],
    ['backticks', fill(140_000, '`', ['<pre>', '</pre>'])],
    ['styles', fill(mega, 'font-weight:', ['<span style="', '">c</span>'])],
    ['many parts', '<b>a </b>c '.repeat(1_900)],
    ['more parts', '<b>a </b>c '.repeat(50_000)],
    ['long cells', `<table>${`<tr><td>${'a'.repeat(100)}`.repeat(2_000)}</table>`],
  ])('%s', (_name, html) => {
    // Without the parser, which is jsdom's here and not the browser's.
    const parsed = new DOMParser().parseFromString(html, 'text/html')
    vi.spyOn(DOMParser.prototype, 'parseFromString').mockReturnValue(parsed)
    // Its own time: the machine may be busy.
    const before = process.cpuUsage()
    markdownOf(html, origin)
    const { user } = process.cpuUsage(before)
    vi.restoreAllMocks()
    expect(user / 1000).toBeLessThan(1_000)
  })
})
