import { z } from 'zod'
import { Id, listInput, page, Timestamp } from '../primitives.ts'
import { Email, Role } from './users.ts'

/** Invites somebody by mail to make an account with this role. A second one for an address takes the place of the first. */
export const CreateInvitation = z.strictObject({ email: Email, role: Role.default('author') })
export type CreateInvitation = z.output<typeof CreateInvitation>

export const InvitationById = z.strictObject({ id: Id })
export type InvitationById = z.output<typeof InvitationById>

/** An invitation that nobody has accepted yet. */
export const InvitationView = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  /** The username of who invited. */
  invitedBy: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  can: z.object({ delete: z.boolean() }),
})
export type InvitationView = z.output<typeof InvitationView>

/** `expires`: those that end soonest. */
export const InvitationOrder = z.enum(['newest', 'oldest', 'expires'])

export const ListInvitations = listInput(InvitationOrder, { role: Role.optional() })
export type ListInvitations = z.output<typeof ListInvitations>

export const InvitationPage = page(InvitationView)

/** What an invitation offers to the person who has its link. */
export const InvitationOffer = z.object({ email: z.string(), role: Role })
export type InvitationOffer = z.output<typeof InvitationOffer>
