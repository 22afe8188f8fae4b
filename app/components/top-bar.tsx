import { Form, Link, useLocation } from '@remix-run/react'
import { shellText } from '../text/shell.ts'
import { DemoMark } from './demo-mark.tsx'
import { Shield } from './shield.tsx'

export interface TopBarProps {
  entityName: string
  shieldHash: string | null
  isDemo: boolean
  personName: string
  position: { id: string; name: string; kind: string }
  /** All positions held today; with more than one, another can be chosen. */
  positions: { id: string; name: string; kind: string }[]
}

export function TopBar({ entityName, shieldHash, isDemo, ...person }: TopBarProps) {
  return (
    <header className="topbar">
      <Link to="/inicio" className="topbar__brand">
        <Shield hash={shieldHash} />
        <span>{entityName}</span>
      </Link>
      {isDemo && <DemoMark />}
      <div className="topbar__end">
        <PersonMenu {...person} />
      </div>
    </header>
  )
}

type PersonMenuProps = Pick<TopBarProps, 'personName' | 'position' | 'positions'>

/** A plain disclosure: opens with and without JavaScript, by keyboard and by touch. */
function PersonMenu({ personName, position, positions }: PersonMenuProps) {
  const { pathname, key } = useLocation()
  const others = positions.filter((held) => held.id !== position.id)
  return (
    <details className="person" key={key}>
      <summary aria-label={`${shellText.account}: ${position.name}`}>
        <span className="person__position">{position.name}</span>
        {personName !== position.name && <span className="person__name">{personName}</span>}
      </summary>
      <div className="person__menu">
        <p>
          {shellText.actingAs} <strong>{position.name}</strong>
          {position.kind === 'encargado' && ` (${shellText.encargado})`}
        </p>
        {others.map((held) => (
          <Form key={held.id} method="post" action="/posicion">
            <input type="hidden" name="volver" value={pathname} />
            <button type="submit" name="cargo" value={held.id} className="person__item">
              {shellText.actsAs(held.name)}
              {held.kind === 'encargado' && ` (${shellText.encargado})`}
            </button>
          </Form>
        ))}
        <Form method="post" action="/salir">
          <button type="submit" className="person__item">
            {shellText.signOut}
          </button>
        </Form>
      </div>
    </details>
  )
}
