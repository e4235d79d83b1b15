/** How long a challenge waits for the browser's answer (WebAuthn Level 3, 15.1: 5 minutes with user verification). */
export const CHALLENGE_MINUTES = 5
