import { Form, Link, useLocation } from '@remix-run/react'
import { shellText } from '../text/shell.ts'
import { DemoMark } from './demo-mark.tsx'
import { Shield } from './shield.tsx'

export interface TopBarProps {
  entityName: string
  shieldHash: string | null
  isDemo: boolean
  personName: string
  position: ShownPosition
  /** All positions of today; with more than one, another can be chosen. */
  positions: ShownPosition[]
}

interface ShownPosition {
  /** The position, or the substitution one acts under in it. */
  choice: string
  name: string
  kind: string
  /** Who is absent, where one acts for somebody. */
  actingFor: string | null
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
  const others = positions.filter((held) => held.choice !== position.choice)
  const { actingFor } = position
  return (
    <details className="person" key={key}>
      <summary aria-label={`${shellText.account}: ${positionWords(position)}`}>
        <span className="person__position">{position.name}</span>
        {actingFor && <span className="person__for">{shellText.actingFor(actingFor)}</span>}
        {!actingFor && personName !== position.name && <span className="person__name">{personName}</span>}
      </summary>
      <div className="person__menu">
        <p>
          {shellText.actingAs} <strong>{positionWords(position)}</strong>
        </p>
        {others.map((held) => (
          <Form key={held.choice} method="post" action="/posicion">
            <input type="hidden" name="volver" value={pathname} />
            <button type="submit" name="cargo" value={held.choice} className="person__item">
              {shellText.actsAs(positionWords(held))}
            </button>
          </Form>
        ))}
        <Link to="/cuenta" className="person__item">
          {shellText.myAccount}
        </Link>
        <Link to="/ausencias?de=mias" className="person__item">
          {shellText.absences}
        </Link>
        <Form method="post" action="/salir">
          <button type="submit" className="person__item">
            {shellText.signOut}
          </button>
        </Form>
      </div>
    </details>
  )
}

/** «Jefatura OGAC, por delegación de …»; «Dirección TIC (encargo)». */
function positionWords({ name, kind, actingFor }: ShownPosition): string {
  if (actingFor) return `${name}, ${shellText.actingFor(actingFor)}`
  return kind === 'encargado' ? `${name} (${shellText.encargado})` : name
}
