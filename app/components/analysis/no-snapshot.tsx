import { Button } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { analysisText } from '../../text/analysis.ts'
import { EmptyState } from '../empty-state.tsx'

/** In place of the work while no source of the cycle has records to count. */
export function NoSnapshot({ sourcesAt }: { sourcesAt: string }) {
  return (
    <EmptyState
      title={analysisText.nothing}
      action={
        <Button as={Link} to={sourcesAt}>
          {analysisText.toSources}
        </Button>
      }
    >
      {analysisText.nothingWhy}
    </EmptyState>
  )
}
