import { Button, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { SourceRow } from '../../../db/sources.ts'
import { formatInstant } from '../../text/format.ts'
import { sensitivityNames, sourcesText, sourceText } from '../../text/sources.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from './section.tsx'

/** Whose data these are and on what grounds they may be used (E1). */
export function Contract({ source, mayChange }: { source: SourceRow; mayChange: boolean }) {
  const { terms } = sourceText
  const facts: Fact[] = [
    [sourcesText.columns.owner, source.ownerAgency ?? sourceText.none],
    [sourcesText.columns.period, sourcesText.period(source.periodFrom, source.periodTo)],
    [terms.sensitivity, sensitivityNames[source.sensitivity as keyof typeof sensitivityNames]],
    [terms.personKey, source.personKey ?? sourceText.none],
    [terms.legalBasis, source.legalBasis],
  ]
  if (source.demoNote) facts.push([sourceText.noteLabel, source.demoNote])
  return (
    <Section id="contrato" title={sourceText.contract}>
      <VStack gap="space-16">
        <Facts facts={facts} layout="fact-grid" />
        <p className="quiet">{sourceText.attachedBy(source.attachedBy, formatInstant(source.attachedAt))}</p>
        {mayChange && (
          <div>
            <Button as={Link} to="contrato" variant="secondary" size="small">
              {sourceText.editContract}
            </Button>
          </div>
        )}
      </VStack>
    </Section>
  )
}
