import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import { standaloneVerifier } from './scripts/bundle-verifier.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

const root = new URL('./', import.meta.url).pathname

/** These folders run as they are on the server: pages, worker and scripts share one copy of clock, pools and errors. */
const SHARED = ['domain', 'catalog', 'documents', 'db', 'workflows', 'verifier'].map((folder) => `${root}${folder}/`)

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    remix({
      ignoredRouteFiles: ['**/*'],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_lazyRouteDiscovery: true,
        v3_routeConfig: true,
      },
    }),
    isSsrBuild && standaloneVerifier(),
  ],
  // Of thousands of icons and languages a page needs a handful: bundled, the server starts in a quarter of the time.
  ssr: { noExternal: [/^@navikt\//, 'date-fns'] },
  // Everything the pages need comes from our own origin: nothing inlined that a strict CSP would have to allow.
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    sourcemap: false,
    rollupOptions: isSsrBuild ? { external: isShared, output: { paths: fromServerBuild } } : {},
  },
}))

function isShared(id: string): boolean {
  return SHARED.some((folder) => id.startsWith(folder))
}

/** The server's pages stand in build/server/index.js, in one file. */
function fromServerBuild(id: string): string {
  return isShared(id) ? `../../${id.slice(root.length)}` : id
}
