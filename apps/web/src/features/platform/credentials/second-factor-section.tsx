import type { CredentialsView } from '@galley/contract/platform/credentials'
import { Badge } from '@galley/ui/badge'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useSite } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { CopyButton } from '../layout/copy-button.tsx'
import { FormResult } from '../layout/form.tsx'
import { Section } from '../layout/section.tsx'
import { useRefreshAccount } from '../settings/account-queries.ts'
import { RemoveButton } from '../settings/row.tsx'
import { SetUpTotp } from './set-up-totp.tsx'

/** A code of an authenticator at every sign-in: on, off, and what to keep for when the telephone is lost. */
export function SecondFactorSection({ credentials }: { credentials: CredentialsView }) {
  const [codes, setCodes] = useState<string[]>()
  const { totp, recoveryCodesLeft } = credentials
  return (
    <Section
      title="Second factor"
      lead="A code from an authenticator app, asked for whenever you sign in with your password."
    >
      {codes && <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} />}
      {!codes && totp && (
        <>
          <p className="flex flex-wrap items-center gap-3 text-sm">
            <Badge tone="good">On</Badge>
            <RecoveryCodesLeft count={recoveryCodesLeft} />
          </p>
          <TotpActions onCodes={setCodes} />
        </>
      )}
      {!codes && !totp && <SetUpTotp onCodes={setCodes} />}
    </Section>
  )
}

function RecoveryCodesLeft({ count }: { count: number }) {
  if (count === 0) return <span>You have no recovery codes left. Make new ones.</span>
  return (
    <span className="tabular-nums">
      {count} recovery {count === 1 ? 'code is' : 'codes are'} left.
    </span>
  )
}

/** What can be done while the second factor is on. */
function TotpActions({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const trpc = useTRPC()
  const refresh = useRefreshAccount()
  const renew = useMutation(
    trpc.credentials.createRecoveryCodes.mutationOptions({
      onSuccess: ({ codes }) => {
        onCodes(codes)
        void refresh()
      },
      onError: notifyFailure('No new codes were made.'),
    }),
  )
  const turnOff = useMutation(
    trpc.credentials.deleteTotp.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The second factor is off.' })
      },
      onError: notifyFailure('The second factor is still on.'),
    }),
  )
  return (
    <div className="flex flex-wrap gap-3">
      <RemoveButton
        action="Make new recovery codes"
        name=""
        question="Make new recovery codes?"
        description="Your present codes stop working at once."
        busy={renew.isPending}
        onConfirm={(close) => renew.mutate(undefined, { onSettled: close })}
      />
      <RemoveButton
        action="Turn it off"
        name="the second factor"
        question="Turn the second factor off?"
        description="Your password alone will be enough to sign in, and your recovery codes stop working."
        busy={turnOff.isPending}
        onConfirm={(close) => turnOff.mutate(undefined, { onSettled: close })}
      />
    </div>
  )
}

type RecoveryCodesProps = { codes: string[]; onDone: () => void }

/** The codes, this once. */
function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { name } = useSite()
  const text = () => `${codes.join('\n')}\n`
  return (
    <div className="flex max-w-measure flex-col gap-5">
      <FormResult tone="warn" title="Save these recovery codes. They are shown only once.">
        <p>Each one signs you in once when you do not have your authenticator.</p>
      </FormResult>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-8 gap-y-1.5 rounded-sm border border-rule bg-sunken px-5 py-4 font-mono text-sm min-[26rem]:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <CopyButton text={text} done="The codes are on the clipboard.">
          Copy
        </CopyButton>
        <Button variant="line" size="small" onClick={() => download(text(), name)}>
          Download
        </Button>
        <Button size="small" onClick={onDone}>
          I have saved them
        </Button>
      </div>
    </div>
  )
}

function download(text: string, siteName: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${siteName.toLowerCase().replaceAll(/\W+/g, '-')}-recovery-codes.txt`
  link.click()
  URL.revokeObjectURL(address)
}
