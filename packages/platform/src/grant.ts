/** A secret that the client keeps and sends back until it expires; opaque to it. */
export type IssuedToken = { token: string; expiresAt: Date }

/**
 * What a client keeps between calls: its session; the step between password and second factor; the attempt at a
 * provider; the device that signed in to an account before; the sign-up that waits for its address.
 */
export type GrantName = 'session' | 'second-factor' | 'identity' | 'device' | 'sign-up'

/** What a call has the client keep, or with null forget. How, the transport knows: a browser in cookies. */
export type Grant = { [Name in GrantName]?: IssuedToken | null }

/** What the client sent back of earlier grants, valid or not. */
export type Kept<Name extends GrantName = GrantName> = { [Key in Name]?: string | undefined }

export type Granted<View> = { view: View; grant: Grant }
