import type { TokenView } from '@galley/contract/platform/tokens'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../layout/time.tsx'
import { LastUsed, RemoveButton, Row } from '../settings/row.tsx'

export function TokenRow({ token }: { token: TokenView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.tokens.delete.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.tokens.pathFilter())
        void notify({ title: 'The token is deleted.' })
      },
      onError: notifyFailure('The token still works.'),
    }),
  )
  const { id, name, hint, scopes, expiresAt, lastUsedAt } = token
  return (
    <Row
      title={
        <>
          <bdi>{name}</bdi> <code className="font-mono text-xs font-normal text-soft">{hint}</code>
        </>
      }
      details={
        <>
          <span>{scopes.join(', ')}</span>
          <span>
            Until <Day timestamp={expiresAt} />
          </span>
          <LastUsed at={lastUsedAt} />
        </>
      }
      actions={
        <RemoveButton
          action="Delete"
          name={name}
          question={`Delete the token “${name}”?`}
          description="Programs that use it are refused at once. This cannot be undone."
          busy={remove.isPending}
          onConfirm={(close) => remove.mutate({ id }, { onSettled: close })}
        />
      }
    />
  )
}
