import {
  CreateInvitation,
  InvitationById,
  InvitationOffer,
  InvitationPage,
  InvitationView,
  ListInvitations,
} from '@galley/contract/platform/invitations'
import { ByLinkToken } from '@galley/contract/platform/users'
import { Deleted } from '@galley/contract/primitives'
import { createInvitation } from '@galley/platform/invitations/create'
import {
  deleteInvitation,
  getInvitation,
  listInvitations,
} from '@galley/platform/invitations/manage'
import { editorProcedure, publicProcedure, router } from '../../trpc.ts'

export const invitations = router({
  byToken: publicProcedure({ cost: 5, queries: 1 })
    .input(ByLinkToken)
    .output(InvitationOffer)
    .mutation(({ ctx, input }) => getInvitation(ctx, input)),
  create: editorProcedure({ cost: 20, queries: 4 })
    .input(CreateInvitation)
    .output(InvitationView)
    .mutation(({ ctx, input }) => createInvitation(ctx, input)),
  list: editorProcedure({ cost: 2, queries: 1 })
    .input(ListInvitations.prefault({}))
    .output(InvitationPage)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  delete: editorProcedure({ cost: 2, queries: 3 })
    .input(InvitationById)
    .output(Deleted)
    .mutation(({ ctx, input }) => deleteInvitation(ctx, input)),
})
