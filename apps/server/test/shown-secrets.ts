/** Where a secret of a kind may be shown: by the calls whose answers are for it. */
const calls: Record<string, RegExp> = {
  // The example in the documents is the one that tests sign up with.
  password: /openapi\.json|\/api\/reference/,
  'api token': /tokens\.create|\/me\/tokens/,
  'access token': /\/auth\/(tokens|refresh)/,
  'refresh token': /\/auth\/(tokens|refresh)/,
  'totp secret': /credentials\.startTotp/,
  'recovery code': /credentials\.(confirmTotp|createRecoveryCodes)/,
  'presigned address': /media\.createUpload|\/media\/uploads/,
  // The page of the address, with a form that sends it on.
  'token of unsubscribe': /\/unsubscribe/,
  // What a provider sends back with the person: its address is in the answer.
  'token of identity': /identities\.start/,
  'token of passkey-registration': /passkeys\./,
  'token of passkey-sign-in': /passkeys\./,
  'preview link': /previewLinks\.create|\/preview/, // publishing
}

export const shownBy = (kind: string, url: string): boolean => calls[kind]?.test(url) ?? false

/** Secrets that no adapter makes: of which calls the answers tell them, and how. */
export const toldOnly: readonly (readonly [kind: string, calls: RegExp, form: RegExp])[] = [
  ['refresh token', /\/auth\/(tokens|refresh)/, /"refreshToken":"([^"]+)"/g],
  ['preview link', /previewLinks\.create|\/preview-links/, /\/preview\?token=([\w-]{43})/g], // publishing
]
