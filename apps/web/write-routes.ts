import { createServer } from 'vite'

/** Writes src/routeTree.gen.ts, as every start and build of the app does: the plugin of the router makes it of src/routes. */
const server = await createServer({
  root: import.meta.dirname,
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
})
await server.close()
