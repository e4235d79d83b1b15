import { get, getBatch, post, postBatch } from './build.ts'

const failures = [
  'string',
  'null',
  'undefined',
  'number',
  'object',
  'array',
  'error',
  'named',
  'noNext',
]
const wrongOutputs = [
  'bigint',
  'circular',
  'throwsInJson',
  'promise',
  'promiseInList',
  'stream',
  'wrong',
]
const codes = [
  'PARSE_ERROR',
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'PAYMENT_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_SUPPORTED',
  'TIMEOUT',
  'CONFLICT',
  'PRECONDITION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'UNPROCESSABLE_CONTENT',
  'PRECONDITION_REQUIRED',
  'TOO_MANY_REQUESTS',
  'CLIENT_CLOSED_REQUEST',
  'INTERNAL_SERVER_ERROR',
  'NOT_IMPLEMENTED',
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'NO_SUCH_CODE',
]

const errors = [
  ...failures.map((name) => get(`failures.${name}`)),
  ...wrongOutputs.map((name) => get(`outputs.${name}`)),
  ...codes.map((code) => get('failures.code', { code })),
  ...['teapot', 'break the formatter'].flatMap((message) => [
    get('failures.code', { code: 'CONFLICT', message }),
    getBatch('hello,failures.code', { 1: { code: 'CONFLICT', message } }),
    post('failures.codeByMutation', { code: 'CONFLICT', message }),
  ]),
  getBatch(failures.map((name) => `failures.${name}`).join(',')),
  getBatch('outputs.bigint,hello'),
  getBatch('hello,outputs.circular'),
]

const inputs = [
  get('strict'),
  get('strict', { a: 'x' }),
  get('strict', { a: 1, c: 1 }),
  get('strict', null),
  ...[
    '{',
    'undefined',
    '',
    'NaN',
    "{'a':1}",
    '[1,]',
    '{"a":1}}',
    '%',
    '%ff',
    '%7B%22a%22%3A1%7D',
  ].flatMap((text) => [
    get(`echo?input=${text}`),
    get(`strict?input=${text}`),
    get(`hello?input=${text}`),
    get(`twice?input=${text}`),
    getBatch(`echo,hello?batch=1&input=${text}`),
  ]),
  ...[
    '',
    '{',
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"a":',
    '{"a":1e999,"b":1}',
    '\uFEFF\uFEFF1',
    '\u0000',
  ].flatMap((body) => [post('add', body), post('touch', body), postBatch('add,touch', body)]),
  ...[null, 1, 'x', [], [1]].map((sent) => getBatch('echo,echo', sent)),
  getBatch('strict,strict,strict', { 0: { a: 1 }, 1: { a: 'x' }, 2: null }),
  postBatch('add,add', { 1: { a: 1, b: 1 } }),
  get('echo', 'plain', { setup: 'transformed' }),
  get('echo', null, { setup: 'transformed' }),
  getBatch('echo,echo', { 0: { v: 1 }, 1: 'plain' }, { setup: 'transformed' }),
  get('failures.string', undefined, { setup: 'transformed' }),
]

const batches = [
  ...[',', ',,,', 'hello,', ',hello', 'hello,,hello', 'hello, hello', 'a,b,c'].flatMap((paths) => [
    getBatch(paths),
    get(paths),
  ]),
  getBatch('hello,touch'),
  postBatch('add,hello', {}),
  getBatch('hello,count', { 1: { to: 1 } }),
  getBatch('count', { 0: { to: 1 } }),
  getBatch('hello,hello,hello,hello', undefined, { setup: 'capped' }),
  getBatch(',,,,', undefined, { setup: 'capped' }),
  postBatch('add,add,add,add', {}, { setup: 'capped' }),
  get('hello?batch=0'),
  get('hello?batch'),
  get('hello,hello?batch=true'),
  get('hello,hello?batch=0&batch=1'),
  get('hello,hello?batch=1&batch=0'),
  get('hello,hello?b%61tch=1'),
  get('hello,hello?BATCH=1'),
]

const methods = [
  get('touch'),
  get('add', { a: 1, b: 2 }),
  post('hello', {}),
  post('echo', '{'),
  getBatch('touch,touch'),
  postBatch('hello,hello', {}),
  ...['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'QUERY', 'PROPFIND'].flatMap(
    (method) => [get('hello', undefined, { method }), post('touch', '{}', { method })],
  ),
  get('no.such', undefined, { method: 'HEAD' }),
  get('touch?_method=POST'),
  get('touch', undefined, { headers: { 'x-http-method-override': 'POST' } }),
  get('hello', undefined, { headers: { 'content-length': '2' }, body: '{}' }),
]

/** Requests that are mistakes. */
export const bad = [...errors, ...inputs, ...batches, ...methods]
