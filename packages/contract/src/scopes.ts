import { z } from 'zod'
import { platformScopes } from './platform/scopes.ts'
import { publishingScopes } from './publishing/scopes.ts'

/** By scope, what it allows, in words. */
export const scopeMeanings = { ...publishingScopes, ...platformScopes }

/** What a token may do, as far as its owner may: every procedure that takes tokens names one. */
export const Scope = z.enum(Object.keys(scopeMeanings) as (keyof typeof scopeMeanings)[])
export type Scope = z.output<typeof Scope>
