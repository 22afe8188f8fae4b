import { Button, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { SourceRow } from '../../../db/sources.ts'
import type { Freshness } from '../../../domain/freshness.ts'
import { formatInstant } from '../../text/format.ts'
import { freshnessText, periodicityNames } from '../../text/freshness.ts'
import { sensitivityNames, sourcesText, sourceText } from '../../text/sources.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { FreshnessLine } from './freshness-chip.tsx'

interface Props {
  source: SourceRow
  freshness: Freshness | null
  mayChange: boolean
}

/** Whose data these are and on what grounds they may be used (E1). */
export function Contract({ source, freshness, mayChange }: Props) {
  const { terms } = sourceText
  const facts: Fact[] = [
    [sourcesText.columns.owner, source.ownerAgency ?? sourceText.none],
    [sourcesText.columns.period, sourcesText.period(source.periodFrom, source.periodTo)],
    [freshnessText.periodicity, source.periodicity ? periodicityNames[source.periodicity] : sourceText.none],
    [terms.sensitivity, sensitivityNames[source.sensitivity as keyof typeof sensitivityNames]],
    [terms.personKey, source.personKey ?? sourceText.none],
    [terms.legalBasis, source.legalBasis],
  ]
  if (source.demoNote) facts.push([sourceText.noteLabel, source.demoNote])
  return (
    <Section id="contrato" title={sourceText.contract}>
      <VStack gap="space-16">
        <Facts facts={facts} layout="fact-grid" />
        <FreshnessLine freshness={freshness} />
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
