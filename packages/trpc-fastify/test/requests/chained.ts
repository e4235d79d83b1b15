import { get, getBatch } from './build.ts'

const names = [
  'context',
  'contextInTurn',
  'input',
  'rawInput',
  'inputs',
  'rawAfter',
  'replaced',
  'recovered',
  'mapped',
  'throwsBefore',
  'throwsAfter',
  'formatted',
  'called',
  'output',
  'asyncParser',
  'failingParser',
].map((name) => `chains.${name}`)

/** Calls that go through middlewares. */
export const chained = [
  ...names.flatMap((name) => [
    get(name),
    get(name, { a: 1, b: 2 }),
    get(name, { a: 'x' }),
    get(name, 7),
    get(`${name}?input={`),
  ]),
  getBatch(names.join(',')),
  getBatch(
    names.join(','),
    names.map(() => ({ a: 1, b: 2 })).reduce((all, one, index) => ({ ...all, [index]: one }), {}),
  ),
]
