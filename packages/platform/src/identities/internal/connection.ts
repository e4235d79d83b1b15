import type { ProviderTokens } from '@galley/auth/identity-providers'
import type { Tx } from '@galley/db/client'
import { identities } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../audit/record.ts'
import type { Ctx } from '../../ctx.ts'
import { emit } from '../../events/emit.ts'
import { only } from '../../rows.ts'
import type { Person } from './account.ts'

type Provider = { name: string; label: string }

/** Connects an account elsewhere to one here; a unique violation where one of the two is connected already. */
export async function insertIdentity(
  ctx: Ctx,
  tx: Tx,
  { userId, provider, person }: { userId: string; provider: Provider; person: Person },
): Promise<void> {
  const { subject, label, tokens } = person
  const row = only(
    await tx
      .insert(identities)
      .values({ userId, provider: provider.name, subject, label, lastUsedAt: ctx.now() })
      .returning({ id: identities.id }),
  )
  await storeTokens(ctx, tx, row.id, tokens)
  await recordAudit(ctx, tx, {
    action: 'identity.connected',
    target: { type: 'identity', id: row.id },
    subjectId: userId,
    after: { provider: provider.name, label },
  })
  const name = `${provider.label}: ${label}`
  await emit(ctx, tx, 'user.credential-added', { userId, kind: 'identity', name })
}

/** Notes that somebody came by this identity, with the tokens that came along. */
export async function touchIdentity(ctx: Ctx, tx: Tx, id: string, person: Person): Promise<void> {
  const change = { lastUsedAt: ctx.now(), label: person.label }
  await tx.update(identities).set(change).where(eq(identities.id, id))
  await storeTokens(ctx, tx, id, person.tokens)
}

/** The place that the encryption of an identity's tokens is bound to. */
export const tokenContext = (identityId: string) => `identity:${identityId}`

async function storeTokens(ctx: Ctx, tx: Tx, id: string, tokens: ProviderTokens) {
  const encrypt = (token: string | null) =>
    token === null ? null : ctx.secretBox.encrypt(token, tokenContext(id))
  const { accessToken, refreshToken } = tokens
  await tx
    .update(identities)
    .set({
      accessTokenEncrypted: encrypt(accessToken),
      // Many providers give one the first time only.
      ...(refreshToken !== null && { refreshTokenEncrypted: encrypt(refreshToken) }),
    })
    .where(eq(identities.id, id))
}
