import { Alert, Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { proposalsText as text } from '../../text/proposals.ts'

interface Props {
  cycleId: string
  proposals: { section: string; title: string; n: number }[]
  /** Before the report is sent: says that it may be, and what then. */
  isWarning?: boolean
}

/** Sections with changes that were proposed and nobody has answered; they keep nothing from being sent. */
export function OpenProposals({ cycleId, proposals, isWarning }: Props) {
  if (proposals.length === 0) return null
  const list = (
    <ul>
      {proposals.map(({ section, title, n }) => (
        <li key={section}>
          <Link to={`/ejercicios/${cycleId}/informe/secciones/${section}#propuestas`}>{text.inSection(n, title)}</Link>
        </li>
      ))}
    </ul>
  )
  if (isWarning)
    return (
      <Alert variant="warning">
        {text.warning}
        {list}
      </Alert>
    )
  return (
    <section className="card" aria-labelledby="cambios-propuestos">
      <Heading level="2" size="xsmall" id="cambios-propuestos">
        {text.title}
      </Heading>
      {list}
    </section>
  )
}
