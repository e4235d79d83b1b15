/** Where things live that the server's account cannot reach inside the checkout (`/root` is usually closed). */
export const stateFolder = '/var/lib/galley'
