import { get, getBatch, post, postBatch } from './build.ts'

const names = [
  '__proto__',
  'constructor',
  'constructor.name',
  'toString',
  'hasOwnProperty',
  'prototype',
  '__proto__.polluted',
  'then',
  '_def',
  '_def.procedures',
  'hello.call',
  'hello._def',
  'hello.__proto__',
  'outputs',
  'deep.er',
  'deep.er.leaf.x',
  '.',
  '..',
  'hello.',
  '.hello',
  'Hello',
  '0',
  '😀',
]

const addresses = [
  ...names.flatMap((name) => [
    get(encodeURIComponent(name)),
    getBatch(`hello,${encodeURIComponent(name)}`),
  ]),
  ...['later', 'later.no', 'later.__proto__'].map((name) =>
    get(name, undefined, { setup: 'lazy' }),
  ),
  get(''),
  get('hello/'),
  get('hello/echo'),
  get('%68ello'),
  get('hello%2Chello'),
  getBatch('hello%2Chello'),
  getBatch('hello%252Chello'),
  ...[
    '%',
    '%2',
    '%zz',
    '%25',
    '%2525',
    '%C3%28',
    '%00',
    'hello%00',
    '%0d%0aset-cookie:x',
    '%2f',
    '%2e%2e%2ftrpc',
    '+',
    'a b',
  ].map((path) => get(path)),
  get('x'.repeat(4000)),
  get('x'.repeat(6000)),
  getBatch(','.repeat(2000)),
  get('hello#echo'),
  get('hello?input=%22a%22#&batch=1'),
  get('hello?'),
  get('hello?&&&=&'),
  get('hello;batch=1'),
  get('echo?input=1&input=2'),
  get('echo?input[]=1'),
  get('echo?input=%22a+b%20c%22'),
  get('echo?input="\u00e9"'),
  get('about?x=\u00ff'),
  get('about?a=<>\'"`{}|\\^'),
  get('x', undefined, { target: 'http://other.example/trpc/about' }),
  get('x', undefined, { target: '//other.example/trpc/about' }),
  get('x', undefined, { target: '/trpc//hello' }),
  get('x', undefined, { target: '/trpc/../trpc/hello' }),
  get('x', undefined, { target: '/\\trpc/hello' }),
  get('x', undefined, { target: '/TRPC/hello' }),
  get('x', undefined, { target: '*' }),
  ...['{}', 'null', '[]', '1', '{"a":1}', '{"a":"b"}', '{', ''].map((params) =>
    get(`hello?connectionParams=${params}`),
  ),
]

const hosts = [
  'a b',
  'user:pass@localhost',
  'localhost:99999',
  'localhost/x',
  'localhost?x',
  'localhost#x',
  '[::1]',
  '[::1',
  '256.256.256.256',
  'xn--',
  '',
  'LOCALHOST',
  '%41',
].map((host) => get('about', undefined, { headers: { host } }))

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'multipart/form-data',
  'APPLICATION/JSON',
  'application/json; charset=utf-8',
  'application/json;charset=latin1',
  'application/json ; x=y',
  'application/json, text/plain',
  'application/jsonp',
  'application/json+x',
  'application/vnd.api+json',
  'json',
  '/',
  ';',
  '',
].flatMap((type) => [
  post('store', '{"a":1}', { headers: { 'content-type': type } }),
  get('hello', undefined, { headers: { 'content-type': type } }),
  postBatch('store', '{"0":1}', { headers: { 'content-type': type } }),
])

const bodies = [
  { ...post('touch', '{}'), headers: {} },
  { ...post('touch'), headers: {} },
  post('touch', undefined, { headers: { 'content-length': '0' } }),
  post('store', `"${'x'.repeat(1_100_000)}"`),
  post('store', '['.repeat(50_000)),
  post('store', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
  post('store', '5\r\n[1,2]\r\n0\r\n\r\n', {
    headers: { 'transfer-encoding': 'chunked', 'content-length': '' },
  }),
  post('store', '{}', { headers: { 'content-encoding': 'gzip' } }),
  post('store', '{}', { headers: { expect: '100-continue' } }),
  postBatch('store,store', '{"0":1,"length":9,"1":2}'),
  postBatch('store,store', '{"00":1,"1.0":2,"-0":3}'),
]

const accepts = [
  ...[
    '',
    'application/json',
    'application/jsonl',
    'application/jsonl ',
    'x',
    'APPLICATION/JSONL',
  ].flatMap((accept) => [
    get('hello', undefined, { headers: { 'trpc-accept': accept } }),
    getBatch('hello,no.such', undefined, { headers: { 'trpc-accept': accept } }),
  ]),
  ...['application/jsonl;q=1', 'x/application/jsonl', '*/*', 'text/event-stream'].flatMap(
    (accept) => [
      get('hello', undefined, { headers: { accept } }),
      getBatch('hello,touch', undefined, { headers: { accept } }),
    ],
  ),
  get('count', { to: 'x' }),
  post('count', { to: 1 }),
  get('hello', undefined, { headers: { 'last-event-id': '7' } }),
]

/** Requests that nobody sends by mistake. */
export const hostile = [...addresses, ...hosts, ...types, ...bodies, ...accepts]
