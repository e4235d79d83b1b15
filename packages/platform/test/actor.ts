import type { UserActor } from '../src/ctx.ts'

/** A person as policies see them: an active author, or what `values` say. No database knows of them. */
export const person = (id: string, values: Partial<UserActor['user']> = {}): UserActor => ({
  kind: 'user',
  via: { kind: 'session', sessionId: 's', authenticatedAt: new Date() },
  user: {
    id,
    email: `${id}@example.com`,
    username: id,
    displayName: id,
    bio: '',
    avatarMediaId: null,
    role: 'author',
    status: 'active',
    reviewSince: null,
    secondFactorDueAt: null,
    secondFactorResetAt: null,
    ...values,
  },
})
