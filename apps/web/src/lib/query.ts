import { QueryClient } from '@tanstack/react-query'
import { statusOf } from './errors.ts'

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        // An answer, even a refusal, is final; only a missing one is worth another try.
        retry: (failures, error) =>
          !import.meta.env.SSR && failures < 2 && (statusOf(error) ?? 503) >= 502,
      },
    },
  })
}
