import { Provider } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useNavigationType,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import './styles/app.css'
import { ErrorPage, errorTitle } from './components/error-page.tsx'
import { PublicShell } from './components/public-shell.tsx'
import { useNonce } from './nonce.ts'
import { akselText } from './text/aksel.ts'
import { shellText } from './text/shell.ts'

export function loader({ context }: LoaderFunctionArgs) {
  return { requestId: context.requestId, isDemo: context.config.INSTALLATION === 'demo' }
}

export const meta: MetaFunction = ({ error }) => (error ? errorTitle(error) : [{ title: shellText.product }])

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  return (
    <html lang="es-CO" suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
        <script src="/early.js" />
      </head>
      <body>
        <a className="skip-link" href="#contenido">
          {shellText.skip}
        </a>
        <Provider locale={akselText}>{children}</Provider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  useFocusOnNavigation()
  return <Outlet />
}

export function ErrorBoundary() {
  const root = useRouteLoaderData<typeof loader>('root')
  return (
    <PublicShell isDemo={root?.isDemo ?? false} signedIn={false}>
      <ErrorPage error={useRouteError()} requestId={root?.requestId} />
    </PublicShell>
  )
}

/** After a change of page the reader starts at its heading, as with a page loaded anew; going back, where they left it. */
function useFocusOnNavigation() {
  const { pathname, key } = useLocation()
  const shown = useRef(pathname)
  const isBack = useNavigationType() === 'POP'
  const left = useLinksLeft(key)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    const link = isBack && document.getElementById(left.get(key) ?? '')
    if (link) return link.focus({ preventScroll: true })
    const heading = document.querySelector<HTMLElement>('main h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
  }, [pathname, key, isBack, left])
}

/** By place in the history, the `id` of the link it was left through. */
function useLinksLeft(key: string): Map<string, string> {
  const { current: left } = useRef(new Map<string, string>())
  useEffect(() => {
    const remember = ({ target }: MouseEvent) => {
      const link = target instanceof Element && target.closest('a[id]')
      if (link) left.set(key, link.id)
    }
    document.addEventListener('click', remember, { capture: true })
    return () => document.removeEventListener('click', remember, { capture: true })
  }, [key, left])
  return left
}
