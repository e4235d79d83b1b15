import { redirect } from '@tanstack/react-router'

/**
 * For a loader that was asked for a former address: HTTP 301 on the server, a step to the new address in the browser. Like
 * any page it is asked for again each time, so that an address that is taken up again never leads in a circle.
 */
export const moved: typeof redirect = (options) => redirect({ ...options, statusCode: 301 })
