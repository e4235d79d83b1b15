import { createTRPCClient } from '@trpc/client'
import type { Api } from './api.gen.ts'
import { galleyLinks } from './galley-links.ts'
import type { GalleyClientOptions } from './options.ts'
import type { AppRouter } from './router.ts'

export type GalleyClient = Api

/** Calls of the Galley API, with the types of its router. Failures are `GalleyError`s. */
export const createGalleyClient = (options: GalleyClientOptions): GalleyClient =>
  // Every error that leaves the links is a GalleyError, which tRPC's types cannot tell.
  createTRPCClient<AppRouter>({ links: galleyLinks(options) }) as GalleyClient
