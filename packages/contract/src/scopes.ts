import { z } from 'zod'
import { platformScopes } from './platform/scopes.ts'
import { publishingScopes } from './publishing/scopes.ts'

/** What a token may do, as far as its owner may: every procedure that takes tokens names one. */
export const Scope = z.enum([...publishingScopes, ...platformScopes])
export type Scope = z.output<typeof Scope>
