import type { ErrorReasons } from '../errors.ts'

/** How calls of the platform fail. */
export const platformErrors = {
  'request/invalid': { code: 'BAD_REQUEST', message: 'Some fields are not valid.' },
  'request/malformed': { code: 'BAD_REQUEST', message: 'The request could not be read.' },
  'request/not-utf-8': {
    code: 'BAD_REQUEST',
    message: 'The request is not valid UTF-8. Send text, and what is percent-encoded, as UTF-8.',
  },
  'request/timeout': { code: 'TIMEOUT', message: 'The request did not arrive in time.' },
  'request/cross-site': { code: 'FORBIDDEN', message: 'Requests from other sites are refused.' },
  'request/insecure': {
    code: 'FORBIDDEN',
    message: 'Requests over plain http are refused. Use the https address.',
  },
  'request/ambiguous-credentials': {
    code: 'BAD_REQUEST',
    message: 'Send a session cookie or a bearer token, not both.',
  },
  'request/too-large': { code: 'PAYLOAD_TOO_LARGE', message: 'The request is too large.' },
  'request/unsupported-media-type': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the request as application/json in UTF-8.',
  },
  'request/form-required': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the request as multipart/form-data, with one file.',
  },
  'request/rate-limited': {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many requests. Try again later.',
  },
  'stream/too-many': {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many streams are open already. Close one, or share it.',
  },
  'request/idempotency-key-invalid': {
    code: 'BAD_REQUEST',
    message: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
  },
  'request/idempotency-key-unsupported': {
    code: 'BAD_REQUEST',
    message: 'This call does not accept an Idempotency-Key: its response is not stored.',
  },
  'request/idempotency-key-reused': {
    code: 'UNPROCESSABLE_CONTENT',
    message: 'This Idempotency-Key was used for another request. Make a new one for each.',
  },
  'request/idempotency-in-flight': {
    code: 'CONFLICT',
    message:
      'The first request with this Idempotency-Key is still being processed. Send it again shortly.',
  },
  'batch/too-large': { code: 'BAD_REQUEST', message: 'A batch holds at most 10 calls.' },
  'batch/repeated-call': {
    code: 'BAD_REQUEST',
    message: 'A batch holds one sign-in or sign-up at most.',
  },
  'batch/mixed': { code: 'BAD_REQUEST', message: 'A batch holds queries or mutations, not both.' },
  'batch/mutation-streamed': {
    code: 'BAD_REQUEST',
    message: 'Mutations are not streamed: send them by httpBatchLink or httpLink.',
  },
  'route/not-found': { code: 'NOT_FOUND', message: 'There is nothing at this address.' },
  'route/method-not-allowed': {
    code: 'METHOD_NOT_SUPPORTED',
    message: 'This address does not support that method.',
  },
  'route/not-acceptable': {
    code: 'BAD_REQUEST',
    message: 'This address has only an HTML page. Programs use the API.',
  },
  'cursor/invalid': { code: 'BAD_REQUEST', message: 'The cursor is not valid for this list.' },
  'session/required': { code: 'UNAUTHORIZED', message: 'Sign in first.' },
  'session/wrong-credentials': {
    code: 'UNAUTHORIZED',
    message: 'The e-mail address or the password is wrong.',
  },
  'session/email-unverified': {
    code: 'FORBIDDEN',
    message: 'Confirm your e-mail address first. Follow the link in the mail we sent to it.',
  },
  'session/throttled': {
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many attempts. Try again later.',
  },
  'session/second-factor-expired': {
    code: 'UNAUTHORIZED',
    message: 'This took too long. Sign in again.',
  },
  'session/wrong-code': { code: 'UNAUTHORIZED', message: 'The code is wrong or was already used.' },
  'session/code-required': {
    code: 'FORBIDDEN',
    message: 'The second factor is on: confirm with a code, not with the password.',
  },
  'session/password-required': {
    code: 'FORBIDDEN',
    message: 'Sign in with your new password first.',
  },
  'session/step-up-required': {
    code: 'FORBIDDEN',
    message: 'Confirm that it is you first: this needs a sign-in of the last ten minutes.',
  },
  'session/not-found': { code: 'NOT_FOUND', message: 'There is no such session.' },
  'role/required': { code: 'FORBIDDEN', message: 'Your role does not allow this.' },
  'token/invalid': { code: 'UNAUTHORIZED', message: 'The token is invalid or has expired.' },
  'token/scope-missing': { code: 'FORBIDDEN', message: 'The token lacks the scope for this.' },
  'token/not-allowed': {
    code: 'FORBIDDEN',
    message: 'This requires a signed-in person. Tokens are not accepted.',
  },
  'token/not-found': { code: 'NOT_FOUND', message: 'There is no such token.' },
  'program/not-found': { code: 'NOT_FOUND', message: 'There is no such signed-in program.' },
  'token/too-many': { code: 'CONFLICT', message: 'You already have 50 tokens. Delete one first.' },
  'link/used': { code: 'BAD_REQUEST', message: 'This link has already been used.' },
  'link/invalid': {
    code: 'BAD_REQUEST',
    message: 'This link has expired, or a newer one has replaced it. Ask for a new one.',
  },
  'link/password-required': {
    code: 'FORBIDDEN',
    message: 'Enter the password that you chose when you signed up.',
  },
  'link/other-browser': {
    code: 'FORBIDDEN',
    message: 'Open this link in the browser in which you signed up.',
  },
  'link/other-account': {
    code: 'FORBIDDEN',
    message: 'This link belongs to another account. Sign in to that one first.',
  },
  'password/wrong': { code: 'FORBIDDEN', message: 'The password is wrong.' },
  'password/too-common': {
    code: 'BAD_REQUEST',
    message: 'This password is too common. Choose another one.',
  },
  'password/breached': {
    code: 'BAD_REQUEST',
    message: 'This password has appeared in a data breach. Choose another one.',
  },
  'password/already-set': { code: 'CONFLICT', message: 'The account already has a password.' },
  'password/not-set': { code: 'CONFLICT', message: 'The account has no password.' },
  'second-factor/required': {
    code: 'FORBIDDEN',
    message:
      'Set up your second factor first, under Settings, Security: until then you can only read.',
  },
  'totp/already-on': { code: 'CONFLICT', message: 'The second factor is already on.' },
  'totp/not-started': { code: 'CONFLICT', message: 'Start the set-up first, to get a new secret.' },
  'totp/off': { code: 'CONFLICT', message: 'The second factor is off.' },
  'totp/wrong-code': {
    code: 'BAD_REQUEST',
    message: 'The code is wrong. Check the clock of your device.',
  },
  'passkey/invalid': { code: 'BAD_REQUEST', message: 'This passkey could not be used here.' },
  'passkey/not-found': { code: 'NOT_FOUND', message: 'There is no such passkey.' },
  'identity/provider-unknown': {
    code: 'NOT_FOUND',
    message: 'Galley does not know this sign-in provider.',
  },
  'identity/denied': { code: 'FORBIDDEN', message: 'The sign-in was cancelled at the provider.' },
  'identity/attempt-invalid': {
    code: 'BAD_REQUEST',
    message: 'This sign-in was started in another browser or has expired. Start again.',
  },
  'identity/provider-failed': {
    code: 'BAD_GATEWAY',
    message: 'The sign-in provider did not respond as expected. Try again later.',
  },
  'identity/email-taken': {
    code: 'CONFLICT',
    message: 'There is an account with this e-mail address. Sign in to it, then connect the two.',
  },
  'identity/email-missing': {
    code: 'BAD_REQUEST',
    message: 'The provider gave no e-mail address. Sign up with one first.',
  },
  'identity/email-refused': {
    code: 'BAD_REQUEST',
    message:
      'The provider gave an e-mail address that mail cannot be sent to. Sign up with another one first.',
  },
  'identity/taken': {
    code: 'CONFLICT',
    message: 'This account is already connected to another account here.',
  },
  'identity/already-connected': {
    code: 'CONFLICT',
    message: 'Another account of this provider is already connected. Disconnect it first.',
  },
  'identity/not-connected': {
    code: 'FORBIDDEN',
    message: 'That is not the account that is connected here. Confirm with the connected one.',
  },
  'identity/step-up-refused': {
    code: 'FORBIDDEN',
    message: 'This provider did not ask who you are again. Confirm in another way.',
  },
  'identity/not-found': { code: 'NOT_FOUND', message: 'There is no such connected account.' },
  'credential/last-way-in': {
    code: 'CONFLICT',
    message: 'This is the only way to sign in to the account. Add another one first.',
  },
  'user/sign-up-closed': { code: 'FORBIDDEN', message: 'This site does not take new accounts.' },
  'user/invitation-required': {
    code: 'FORBIDDEN',
    message: 'You need an invitation to create an account here.',
  },
  'invitation/invalid': {
    code: 'BAD_REQUEST',
    message: 'This invitation has expired, was withdrawn or has been used.',
  },
  'invitation/not-found': { code: 'NOT_FOUND', message: 'There is no such invitation.' },
  'invitation/has-account': {
    code: 'CONFLICT',
    message: 'There is an account with this e-mail address already.',
  },
  'user/not-found': { code: 'NOT_FOUND', message: 'There is no such user.' },
  'user/username-taken': { code: 'CONFLICT', message: 'This username is taken.' },
  'user/suspended': { code: 'FORBIDDEN', message: 'This account is suspended and can only read.' },
  'user/forbidden': { code: 'FORBIDDEN', message: 'You are not allowed to change this account.' },
  'user/last-admin': {
    code: 'CONFLICT',
    message: 'There must be at least one active admin. Make somebody else an admin first.',
  },
  'media/not-found': { code: 'NOT_FOUND', message: 'There is no such file.' },
  'media/too-large': { code: 'PAYLOAD_TOO_LARGE', message: 'The file is too large.' },
  'media/quota-exceeded': {
    code: 'CONFLICT',
    message: 'There is no room left for this file. Delete some that you no longer use.',
  },
  'media/unsupported-type': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Upload a JPEG, PNG, WebP, AVIF, GIF or PDF file.',
  },
  'media/svg-refused': {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'SVG files may hold scripts and are not accepted. Upload a PNG or WebP instead.',
  },
  'media/type-mismatch': {
    code: 'BAD_REQUEST',
    message: 'The file is not of the type that it claims to be.',
  },
  'media/too-many-pixels': {
    code: 'BAD_REQUEST',
    message: 'The picture has too many pixels. Upload a smaller one.',
  },
  'media/too-many-frames': {
    code: 'BAD_REQUEST',
    message: 'The animation has too many frames. Upload a shorter one.',
  },
  'media/animation-unsupported': {
    code: 'BAD_REQUEST',
    message: 'Moving pictures of this kind are not accepted. Upload a GIF or WebP instead.',
  },
  'media/unreadable': {
    code: 'BAD_REQUEST',
    message: 'The file is damaged or incomplete.',
  },
  'media/active-content': {
    code: 'BAD_REQUEST',
    message: 'The document holds scripts or other active content. Save it without and try again.',
  },
  'media/infected': { code: 'BAD_REQUEST', message: 'The file contains malware.' },
  'media/scan-pending': {
    code: 'CONFLICT',
    message: 'The file has not been scanned yet: the scanner cannot be reached.',
  },
  'media/processing-failed': {
    code: 'BAD_REQUEST',
    message: 'The file could not be processed.',
  },
  'media/not-ready': { code: 'CONFLICT', message: 'The file is not ready yet.' },
  'media/not-a-picture': { code: 'BAD_REQUEST', message: 'Choose a picture.' },
  'media/in-use': {
    code: 'CONFLICT',
    message: 'The file is in use. It will be missing there if you delete it.',
  },
  'media/alt-missing': {
    code: 'CONFLICT',
    message:
      'Everybody sees this picture. It needs an alternative text, or a mark that it is decorative.',
  },
  'media/upload-missing': {
    code: 'CONFLICT',
    message: 'The file has not arrived, or is not as large as announced. Send it first.',
  },
  'media/upload-over': {
    code: 'CONFLICT',
    message: 'The file has arrived, or its time is over. Begin a new upload.',
  },
  'media/direct-upload-unsupported': {
    code: 'BAD_REQUEST',
    message: 'Files cannot be sent to the storage directly here. Use POST /api/v1/media.',
  },
  'storage/unavailable': {
    code: 'SERVICE_UNAVAILABLE',
    message: 'Files cannot be stored or read at the moment. Try again shortly.',
  },
  'notification/not-found': { code: 'NOT_FOUND', message: 'There is no such notification.' },
  'job/not-found': { code: 'NOT_FOUND', message: 'There is no such job.' },
  'job/already-running': {
    code: 'CONFLICT',
    message: 'This work is being done already. Try again when it is over.',
  },
  'job/not-failed': { code: 'CONFLICT', message: 'The job has not failed.' },
  'settings/stale-version': {
    code: 'CONFLICT',
    message: 'The settings have been changed elsewhere since you opened them.',
  },
  'server/maintenance': {
    code: 'SERVICE_UNAVAILABLE',
    message: 'The site is being worked on. Try again in some minutes.',
  },
  'server/unavailable': {
    code: 'SERVICE_UNAVAILABLE',
    message: 'The service is busy or starting up. Try again in a moment.',
  },
  'server/internal': { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error' },
} as const satisfies ErrorReasons
