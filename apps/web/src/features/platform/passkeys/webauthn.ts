import type { AppRouter } from '@galley/api/root'
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import type { TRPCClient } from '@trpc/client'
import { ShownError } from '../../../lib/errors.ts'

type Client = TRPCClient<AppRouter>

/** Has the browser ask for a passkey of this site; the result proves who the person is. */
export async function askForPasskey(client: Client) {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { options } = await client.passkeys.startSignIn.mutate()
  return startAuthentication({ optionsJSON: { ...options } }).catch(throwShown)
}

/** Has the browser make a passkey for the signed-in person. */
export async function makePasskey(client: Client) {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const { options } = await client.passkeys.startRegistration.mutate()
  // The contract hands on what the server's half of the library made for this half.
  const optionsJSON = options as object as PublicKeyCredentialCreationOptionsJSON
  return startRegistration({ optionsJSON }).catch(throwShown)
}

/** Says in plain words why the browser gave no passkey; the names are those of WebAuthn's DOMExceptions. */
export function throwShown(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  throw new ShownError(messages[name] ?? 'The passkey could not be used.', { cause: error })
}

const dismissed = 'No passkey was chosen, or it took too long.'

const messages: Record<string, string> = {
  NotAllowedError: dismissed,
  AbortError: dismissed,
  InvalidStateError: 'This device already has a passkey for your account.',
  NotSupportedError: 'This browser cannot use passkeys.',
}
