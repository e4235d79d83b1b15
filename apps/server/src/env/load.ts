import { int } from './numbers.ts'

/** How much a server takes on. */
export const loadVariables = {
  PUBLIC_CACHE_MB: int(0, 4096)
    .default(32)
    .describe(
      'How much memory one process has for what people read who are signed out; it is up to 15 seconds old. 0 keeps nothing.',
    ),
  WEB_CONCURRENCY: int(1, 64)
    .optional()
    .describe(
      'How many processes serve requests, with DATABASE_POOL_MAX connections each. In production one for each core but one, from 1 to 4; otherwise 1.',
    ),
  MAX_CONNECTIONS: int(1, 100_000)
    .default(5000)
    .describe('The most connections that one process has open; more are closed at once.'),
  MAX_CONNECTIONS_PER_ADDRESS: int(1, 100_000)
    .default(1000)
    .describe(
      'The same for one address (an IPv6 /64); those of TRUST_PROXY are not counted, since everybody comes by them.',
    ),
  MAX_IN_FLIGHT: int(1, 10_000)
    .default(100)
    .describe(
      'The most calls that one process works on at once; a page counts as ten. More wait for 0.4 s, then they get 503 with Retry-After. Fewer while it is late.',
    ),
  MAX_STREAMS: int(1, 100_000)
    .default(4000)
    .describe(
      'The most streams of live updates that one process has open; each is one of its connections too.',
    ),
  MAX_STREAMS_PER_ADDRESS: int(1, 100_000)
    .default(200)
    .describe('The same for one address (an IPv6 /64).'),
  MAX_STREAMS_PER_PERSON: int(1, 1000)
    .default(20)
    .describe('The same for one person who is signed in: about one for each open tab.'),
  RATE_LIMIT_PER_MINUTE: int(1, 1_000_000)
    .default(600)
    .describe('Cost units a minute for each person, or for each address when signed out.'),
}
