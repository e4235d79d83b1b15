import type { CredentialsView } from '@galley/contract/platform/credentials'
import { Badge } from '@galley/ui/badge'
import { useState } from 'react'
import { Section } from '../layout/section.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SetUpTotp } from './set-up-totp.tsx'
import { TotpActions } from './totp-actions.tsx'

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
