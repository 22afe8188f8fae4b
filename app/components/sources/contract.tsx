import { Button, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { SourceOrigin, SourceRow } from '../../../db/sources.ts'
import { seamOf } from '../../../domain/continuity.ts'
import type { Freshness } from '../../../domain/freshness.ts'
import { outsideText, tableName } from '../../text/connections.ts'
import { continuityText } from '../../text/continuity.ts'
import { formatInstant } from '../../text/format.ts'
import { freshnessText, periodicityNames } from '../../text/freshness.ts'
import { sensitivityNames, sourcesText, sourceText } from '../../text/sources.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { FreshnessLine } from './freshness-chip.tsx'

interface Props {
  source: SourceRow
  /** The column that tells people apart, by its visible name once a file was read. */
  personKey: string | null
  freshness: (Freshness & { isOfEarlier: boolean }) | null
  /** When its data were last brought through its connection. */
  lastFetch: Date | string | null
  mayChange: boolean
}

/** Whose data these are and on what grounds they may be used (E1). */
export function Contract({ source, personKey, freshness, lastFetch, mayChange }: Props) {
  const { terms } = sourceText
  const facts: Fact[] = [
    [sourcesText.columns.owner, source.ownerAgency ?? sourceText.none],
    [sourcesText.columns.period, sourcesText.period(source.periodFrom, source.periodTo)],
    [freshnessText.periodicity, source.periodicity ? periodicityNames[source.periodicity] : sourceText.none],
    [terms.sensitivity, sensitivityNames[source.sensitivity as keyof typeof sensitivityNames]],
    [terms.personKey, personKey ?? sourceText.none],
    [terms.legalBasis, source.legalBasis],
  ]
  facts.push([outsideText.origin, originOf(source.origin)])
  const { continues } = source
  const seam = continues && seamOf(continues, source)
  if (continues) {
    const { cycleId, id } = continues
    const earlier = <Link to={`/ejercicios/${cycleId}/fuentes/${id}`}>{continuityText.of(continues)}</Link>
    facts.push([continuityText.fact, earlier])
  }
  if (source.demoNote) facts.push([sourceText.noteLabel, source.demoNote])
  return (
    <Section id="contrato" title={sourceText.contract}>
      <VStack gap="space-16">
        <Facts facts={facts} layout="fact-grid" />
        {seam && <p className="reading">{continuityText.seam(seam)}</p>}
        <FreshnessLine freshness={freshness} of={freshness?.isOfEarlier ? continues : null} />
        {lastFetch && <p className="quiet">{outsideText.last(formatInstant(lastFetch))}</p>}
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

/** Its name and no more: how a connection is reached is for those who keep it. */
function originOf(origin: SourceOrigin | null): string {
  if (!origin) return outsideText.originFile
  if (origin.isRemoved) return outsideText.originRemoved
  return outsideText.originOf(origin.name, origin.table && tableName(origin.table))
}
