import { Button } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { stepText } from '../../text/steps.ts'

/** The page beside a step where part of its work is done: sources, analysis, disclosure. */
export function WorkplaceLink({ cycleId, code }: { cycleId: string; code: string }) {
  const place = stepText.workplace[code]
  if (!place) return null
  return (
    <Button as={Link} to={`/ejercicios/${cycleId}/${place.path}`} variant="secondary">
      {place.words}
    </Button>
  )
}
