import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { pdfOf } from '../../test/pictures.ts'
import { upload } from '../../test/upload.ts'
import { deleteMedia } from '../media/change.ts'
import { findServedMedia } from '../media/open.ts'
import { updateProfile } from './update-profile.ts'

const domain = useTestDomain()

test('people change their own profile', async () => {
  const me = await domain.person({ username: 'me-before' })
  expect(await updateProfile(me, { username: 'me-after', bio: 'New' })).toMatchObject({
    username: 'me-after',
    bio: 'New',
  })
  await domain.person({ username: 'taken-name' })
  await expect(updateProfile(me, { username: 'taken-name' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/username-taken' }),
  )
  const suspended = await domain.person({ status: 'suspended' })
  await expect(updateProfile(suspended, { bio: 'X' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/suspended' }),
  )
})

describe('a picture of oneself', () => {
  test('is one of the own pictures that is ready; everybody sees it until it is taken away', async () => {
    const ctx = await domain.person()
    const { id: avatarMediaId } = await upload(ctx)
    const early = { reason: 'media/not-ready', fields: [{ path: 'avatarMediaId' }] }
    await expect(updateProfile(ctx, { avatarMediaId })).rejects.toMatchObject(early)
    await domain.runJobs()
    const avatarUrl = `/media/${avatarMediaId}/thumbnail`
    expect(await updateProfile(ctx, { avatarMediaId })).toMatchObject({ avatarMediaId, avatarUrl })
    const seen = await findServedMedia(domain.anonymous(), {
      id: avatarMediaId,
      variant: 'thumbnail',
    })
    expect(seen).toMatchObject({ mime: 'image/webp', isPublic: true })
    expect(await updateProfile(ctx, { avatarMediaId: null })).toMatchObject({ avatarUrl: null })
    await expect(
      findServedMedia(domain.anonymous(), { id: avatarMediaId, variant: 'thumbnail' }),
    ).rejects.toMatchObject({ reason: 'media/not-found' })
  })

  test('is neither a document nor a picture of somebody else, and nothing else is changed then', async () => {
    const ctx = await domain.person()
    const pdf = { content: pdfOf(), fileName: 'a.pdf', mime: 'application/pdf' }
    const { id: document } = await upload(ctx, pdf)
    const { id: other } = await upload(await domain.person())
    await domain.runJobs()
    const change = { displayName: 'Somebody Else' }
    await expect(updateProfile(ctx, { ...change, avatarMediaId: document })).rejects.toMatchObject({
      reason: 'media/not-a-picture',
    })
    await expect(updateProfile(ctx, { ...change, avatarMediaId: other })).rejects.toMatchObject({
      reason: 'media/not-found',
    })
    const [row] = await domain.database.db
      .select()
      .from(users)
      .where(eq(users.id, ctx.actor.user.id))
    expect(row).toMatchObject({ displayName: ctx.actor.user.displayName, avatarMediaId: null })
  })

  test('that is deleted leaves its person without', async () => {
    const ctx = await domain.person()
    const { id: avatarMediaId } = await upload(ctx)
    await domain.runJobs()
    await updateProfile(ctx, { avatarMediaId })
    await expect(deleteMedia(ctx, { id: avatarMediaId, force: false })).rejects.toMatchObject({
      reason: 'media/in-use',
    })
    await deleteMedia(ctx, { id: avatarMediaId, force: true })
    const [row] = await domain.database.db
      .select()
      .from(users)
      .where(eq(users.id, ctx.actor.user.id))
    expect(row).toMatchObject({ avatarMediaId: null })
  })
})
