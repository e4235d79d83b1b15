import type { AuditAction } from '@galley/contract/audit-actions'
import type { AuditEntry } from '@galley/contract/platform/audit'
import type { MediaView, Picture } from '@galley/contract/platform/media'
import type { CurrentUser } from '@galley/contract/platform/users'

export const mira: CurrentUser = {
  id: '01900000-0000-7000-8000-000000000001',
  username: 'mira',
  displayName: 'Mira Okafor',
  email: 'mira@galley.example',
  bio: 'Writes about hedges.',
  avatarMediaId: null,
  avatarUrl: null,
  role: 'author',
  status: 'active',
  reviewSince: null,
  secondFactorDue: null,
  can: { write: true, manageUsers: false, administer: false },
}

/** A row of the audit log, of nobody in particular where `values` name nobody. */
export const auditEntry = (action: AuditAction, values: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '01900000-0000-7000-8000-000000000003',
  at: '2026-03-14T08:30:00.000Z',
  action,
  actorKind: values.actor ? 'user' : 'anonymous',
  actor: null,
  subject: null,
  target: { type: 'thing', id: '1' },
  before: null,
  after: null,
  requestId: 'r',
  ip: '',
  userAgent: '',
  ...values,
})

const mediaId = '01900000-0000-7000-8000-00000000000a'

export const examplePicture = (values: Partial<Picture> = {}): Picture => ({
  id: mediaId,
  alt: '',
  decorative: false,
  caption: '',
  width: 1600,
  height: 900,
  thumbhash: null,
  widths: [320, 640, 1280, 1600],
  formats: ['avif', 'webp', 'jpeg'],
  ...values,
})

/** A picture of one's own that is ready. */
export const exampleMedia = (values: Partial<MediaView> = {}): MediaView => {
  const id = values.id ?? mediaId
  return {
    id,
    kind: 'image',
    state: 'ready',
    reason: null,
    mime: 'image/jpeg',
    fileName: 'cat.jpg',
    bytes: 240_000,
    alt: '',
    decorative: false,
    caption: '',
    url: `/media/${id}`,
    picture: examplePicture({ id }),
    jobId: null,
    useCount: 0,
    removedAt: '2026-04-14T03:40:00.000Z',
    createdAt: '2026-03-14T08:30:00.000Z',
    ...values,
  }
}
