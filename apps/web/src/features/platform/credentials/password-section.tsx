import { Section } from '../layout/section.tsx'
import { ChangePasswordForm } from './change-password-form.tsx'
import { SetPasswordForm } from './set-password-form.tsx'

/** Changes the password; an account that came by a provider or a passkey can get its first one. */
export function PasswordSection({ email, isSet }: { email: string; isSet: boolean }) {
  return (
    <Section
      title="Password"
      lead={
        isSet
          ? 'Changing it signs out all your other devices.'
          : 'Your account has no password yet. With one, you can also sign in with your e-mail address.'
      }
    >
      <div className="max-w-form">
        {isSet ? <ChangePasswordForm email={email} /> : <SetPasswordForm email={email} />}
      </div>
    </Section>
  )
}
