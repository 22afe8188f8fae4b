import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { shellText } from '../text/shell.ts'
import { DemoMark } from './demo-mark.tsx'
import { DisplayControls } from './display-controls.tsx'
import { Shield } from './shield.tsx'

interface Props {
  isDemo: boolean
  signedIn: boolean
  children: ReactNode
}

/** Frame of the pages that need no account. */
export function PublicShell({ isDemo, signedIn, children }: Props) {
  return (
    <div className="page">
      <div className="govco">
        <a href="https://www.gov.co/" rel="external">
          {shellText.govcoMark}
        </a>
        <span>{shellText.govco}</span>
        <DisplayControls />
      </div>
      <header className="topbar">
        <Link to="/" className="topbar__brand">
          <Shield />
          <span>{shellText.product}</span>
        </Link>
        {isDemo && <DemoMark />}
        <nav className="topbar__end" aria-label={shellText.publicMenuLabel}>
          <Link to="/datos-abiertos">{shellText.openData}</Link>
          {signedIn ? <SignedInLinks /> : <Link to="/ingresar">{shellText.signIn}</Link>}
        </nav>
      </header>
      <main id="contenido" className="content content--public" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  )
}

function SignedInLinks() {
  return (
    <>
      <Link to="/inicio">{shellText.start}</Link>
      <Form method="post" action="/salir">
        <button type="submit" className="topbar__button">
          {shellText.signOut}
        </button>
      </Form>
    </>
  )
}

export function Footer() {
  return (
    <footer className="footer">
      <nav aria-label={shellText.footerLabel}>
        <Link to="/ayuda">{shellText.help}</Link>
        <Link to="/accesibilidad">{shellText.accessibility}</Link>
        <Link to="/privacidad">{shellText.privacy}</Link>
        <Link to="/datos-abiertos">{shellText.openData}</Link>
        <Link to="/historia">{shellText.history}</Link>
        <Link to="/verificar">{shellText.verify}</Link>
        <Link to="/mis-derechos">{shellText.myRights}</Link>
        <Link to="/ayuda#pqrsd">{shellText.pqrsd}</Link>
        <Link to="/mapa-del-sitio">{shellText.siteMap}</Link>
      </nav>
      <p>
        {shellText.product} · {shellText.tagline}
      </p>
    </footer>
  )
}
