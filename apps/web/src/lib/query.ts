import { QueryClient } from '@tanstack/react-query'

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: false, // the links of the client do that, and know when
        networkMode: 'always',
      },
      // Never paused to be sent later: without a connection a call fails at once, and the person decides.
      mutations: { networkMode: 'always' },
    },
  })
}
