import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { RiskChanged as Changed } from '../../pages/risk-changed.server.ts'
import { riskReviewText } from '../../text/risk-review.ts'
import { Facts } from '../facts.tsx'

const { changed: words } = riskReviewText

/** What somebody else put meanwhile, beside what was typed; the form below keeps the latter. */
export function RiskChanged({ changed: { code, sentence, differences } }: { changed: Changed }) {
  return (
    <Alert variant="warning" className="reading">
      <VStack gap="space-16">
        <BodyLong>{sentence}</BodyLong>
        {differences.length > 0 ? (
          <>
            <BodyLong>{words.intro}</BodyLong>
            <Facts
              facts={differences.map(({ label, stands, typed }) => [
                label,
                <span key={label}>
                  <span className="block typed">{words.stands(stands)}</span>
                  <span className="block typed">{words.typed(typed)}</span>
                </span>,
              ])}
            />
          </>
        ) : (
          <BodyLong>{words.same}</BodyLong>
        )}
        <Link className="row-link" to={`/riesgos/${code}`}>
          {words.open(code)}
        </Link>
      </VStack>
    </Alert>
  )
}
