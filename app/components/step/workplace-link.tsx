import { Button } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { stepText } from '../../text/steps.ts'

/** The pages beside a step where parts of its work are done: the catalogue, sources, analysis, segments, disclosure. */
export function WorkplaceLinks({ cycleId, code }: { cycleId: string; code: string }) {
  return stepText.workplaces[code]?.map(({ path, words }) => (
    <Button
      key={path}
      as={Link}
      to={path.startsWith('/') ? path : `/ejercicios/${cycleId}/${path}`}
      variant="secondary"
    >
      {words}
    </Button>
  ))
}
