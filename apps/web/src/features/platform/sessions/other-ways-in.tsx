import { ProviderButtons } from '../identities/provider-buttons.tsx'
import { PasskeySignIn } from '../passkeys/passkey-sign-in.tsx'

/** The ways in that need no password. */
export function OtherWaysIn({ next }: { next: string | undefined }) {
  return (
    <div className="flex flex-col gap-3 border-t border-rule pt-8 noscript:hidden">
      <PasskeySignIn next={next} />
      <ProviderButtons next={next} />
    </div>
  )
}
