import type { Env } from './env.ts'

/** The origins whose pages may call the API with cookies: Galley's own and those of CORS_ORIGINS. */
export const allowedOrigins = ({
  PUBLIC_ORIGIN,
  CORS_ORIGINS,
}: Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>) => new Set([PUBLIC_ORIGIN, ...CORS_ORIGINS])
