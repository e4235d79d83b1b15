import { get, getBatch, post, postBatch } from './build.ts'

const outputs = [
  'nothing',
  'nil',
  'no',
  'empty',
  'text',
  'date',
  'list',
  'function',
  'thenable',
  'stripped',
]

const queries = [
  get('hello'),
  get('hello', null),
  get('echo'),
  ...[null, 0, '', false, [], {}, [1, [2]], { a: { b: 'ü😀' } }, '\u2028', '%41+ &=#'].map(
    (input) => get('echo', input),
  ),
  get('strict', { a: 1 }),
  get('strict', { a: 1, b: 'x' }),
  get('optional'),
  get('optional', 'one'),
  get('twice', { same: true }),
  get('about'),
  get('about', { q: 'a b' }),
  get('answers'),
  get('deep.er.leaf'),
  get('later.leaf', undefined, { setup: 'lazy' }),
  get('hello', undefined, { setup: 'lazy' }),
  get('outputs.big', 200_000),
  ...outputs.map((name) => get(`outputs.${name}`)),
]

const mutations = [
  post('add', { a: 1, b: 2 }),
  post('touch'),
  post('touch', {}),
  ...[null, 0, '', [], { deep: { er: 'ü😀' } }, 'x'.repeat(100_000)].map((input) =>
    post('store', JSON.stringify(input)),
  ),
  post('store', ' \n{"a" : 1}\n '),
  post('store', '\uFEFF{"marked":true}'),
  post('store', '{"__proto__":{"admin":true},"constructor":1}'),
  post('store', '{"a":1,"a":2}'),
  post('store', Buffer.from([0x22, 0xc3, 0x28, 0x22])),
]

const batches = [
  getBatch('hello'),
  getBatch('hello,echo', { 1: 'x' }),
  getBatch('hello,hello,hello'),
  getBatch('echo,echo', { 0: 1, 1: 2, 2: 3 }),
  getBatch('echo,echo', { 1: null }),
  getBatch('echo', {}),
  getBatch('about,about,about', {}),
  getBatch(outputs.map((name) => `outputs.${name}`).join(',')),
  getBatch('outputs.promise,outputs.stream,hello'),
  getBatch('later.leaf,hello', undefined, { setup: 'lazy' }),
  getBatch('answers,answers'),
  postBatch('add', { 0: { a: 1, b: 2 } }),
  postBatch('add,store', { 0: { a: 1, b: 2 }, 1: 'x' }),
  postBatch('store,store', '{"__proto__":{"0":1},"1":2}'),
]

const options = [
  ...(['headers', 'capped'] as const).flatMap((setup) => [
    get('hello', undefined, { setup }),
    get('outputs.wrong', undefined, { setup }),
    get('outputs.bigint', undefined, { setup }),
    get('answers', undefined, { setup }),
    getBatch('hello,failures.string', undefined, {
      setup,
      headers: { 'trpc-accept': 'application/jsonl' },
    }),
    getBatch('hello,no.such,echo', { 2: 'x' }, { setup }),
    post('add', { a: 1, b: 2 }, { setup }),
    get('hello,echo%', undefined, { setup }),
  ]),
  get('echo', { v: 'in' }, { setup: 'transformed' }),
  getBatch('echo,echo', { 0: { v: 1 } }, { setup: 'transformed' }),
  get('outputs.nothing', undefined, { setup: 'transformed' }),
  post('store', { v: [1] }, { setup: 'transformed' }),
  getBatch('hello,hello,hello', undefined, { setup: 'capped' }),
]

const boundary = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'

const other = [
  post('form', boundary, { headers: { 'content-type': 'multipart/form-data; boundary=b' } }),
  getBatch('hello,echo', { 1: 2 }, { headers: { 'trpc-accept': 'application/jsonl' } }),
  getBatch('hello,echo', { 1: 2 }, { headers: { accept: 'text/html, application/jsonl' } }),
  getBatch('outputs.promise', undefined, { headers: { 'trpc-accept': 'application/jsonl' } }),
  postBatch('add', { 0: { a: 1, b: 2 } }, { headers: { 'trpc-accept': 'application/jsonl' } }),
  get('count', { to: 3 }, { headers: { accept: 'text/event-stream' } }),
  get('count', { to: 2 }, { headers: { 'last-event-id': '1' } }),
]

/** Requests that an honest client may send. */
export const good = [...queries, ...mutations, ...batches, ...options, ...other]
