import { VStack } from '@navikt/ds-react'
import type { ShownMethodology } from '../../pages/methodologies.server.ts'
import { methodologyText as words } from '../../text/methodologies.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'
import { HeatMap } from './heat-map.tsx'
import { ZoneChip } from './zone-chip.tsx'

/** Everything a version says, in tables: matrix, levels, zones, typologies, weights and what evidence is worth. */
export function MethodologyTables({ shown }: { shown: ShownMethodology }) {
  return (
    <VStack gap="space-32">
      <Section id="matriz" title={words.matrixTitle}>
        <HeatMap caption={words.matrixCaption} map={shown.map} to={() => '/riesgos'} />
      </Section>
      <Section id="probabilidad" title={words.probabilityTitle}>
        <DataTable
          caption={words.probabilityTitle}
          hideCaption
          columns={leveled<ShownMethodology['probability'][number]>(({ times }) =>
            times === null ? '' : words.times(times),
          )}
          rows={shown.probability}
          rowKey={(row) => row.name}
        />
      </Section>
      <Section id="impacto" title={words.impactTitle}>
        <DataTable
          caption={words.impactTitle}
          hideCaption
          columns={leveled<ShownMethodology['impact'][number]>(({ smlmv, answers }) =>
            smlmv !== null ? words.smlmv(smlmv) : answers !== null ? words.answers(answers) : '',
          )}
          rows={shown.impact}
          rowKey={(row) => row.name}
        />
      </Section>
      <Section id="zonas" title={words.zonesTitle}>
        <DataTable
          caption={words.zonesCaption}
          hideCaption
          columns={ZONES}
          rows={shown.zones}
          rowKey={(row) => row.code}
        />
      </Section>
      <Section id="tipologias" title={words.typologiesTitle}>
        <DataTable
          caption={words.typologiesCaption}
          hideCaption
          columns={TYPOLOGIES}
          rows={shown.typologies}
          rowKey={(row) => row.code}
        />
      </Section>
      <Section id="pesos" title={words.weightsTitle}>
        {shown.weights.length > 0 ? (
          <DataTable
            caption={words.weightsCaption}
            hideCaption
            columns={WEIGHTS}
            rows={shown.weights}
            rowKey={(row) => `${row.name} ${row.typology}`}
          />
        ) : (
          <DataTable
            caption={words.scoreCaption}
            hideCaption
            columns={POINTS}
            rows={shown.points}
            rowKey={(row) => row.name}
          />
        )}
      </Section>
      <Section id="evidencia" title={words.evidenceTitle}>
        <DataTable
          caption={words.evidenceCaption}
          columns={EVIDENCE}
          rows={shown.evidence}
          rowKey={(row) => row.state}
        />
      </Section>
    </VStack>
  )
}

interface LevelLine {
  name: string
  percent: number
  when: string
}

const leveled = <L extends LevelLine>(from: (level: L) => string): Column<L>[] => [
  { key: 'name', header: words.levelColumns.name, rowHeader: true, cell: ({ name }) => name },
  {
    key: 'percent',
    header: words.levelColumns.percent,
    numeric: true,
    cell: ({ percent }) => words.percent(percent),
  },
  { key: 'from', header: words.levelColumns.from, cell: from },
  { key: 'words', header: words.levelColumns.words, cell: ({ when }) => when },
]

const yesNo = (value: boolean) => (value ? words.yes : words.no)

const ZONES: Column<ShownMethodology['zones'][number]>[] = [
  { key: 'name', header: words.zoneColumns.name, rowHeader: true, cell: (zone) => <ZoneChip zone={zone} /> },
  { key: 'accepts', header: words.zoneColumns.accepts, cell: ({ acceptor }) => acceptor ?? words.nobody },
  { key: 'evidence', header: words.zoneColumns.evidence, cell: ({ needsEvidence }) => yesNo(needsEvidence) },
  { key: 'review', header: words.zoneColumns.review, cell: ({ reviewMonths }) => words.months(reviewMonths) },
]

const TYPOLOGIES: Column<ShownMethodology['typologies'][number]>[] = [
  { key: 'name', header: words.typologyColumns.name, rowHeader: true, cell: ({ name }) => name },
  { key: 'wording', header: words.typologyColumns.wording, cell: ({ wording }) => wording },
  {
    key: 'acceptable',
    header: words.typologyColumns.acceptable,
    cell: ({ isAcceptable }) => (isAcceptable ? words.yes : words.never),
  },
  {
    key: 'appetite',
    header: words.typologyColumns.appetite,
    cell: ({ appetite }) => (appetite ? <ZoneChip zone={appetite} /> : words.noAppetite),
  },
]

const WEIGHTS: Column<ShownMethodology['weights'][number]>[] = [
  {
    key: 'name',
    header: words.weightColumns.name,
    rowHeader: true,
    cell: ({ name, typology }) => (typology ? words.own(name, typology) : name),
  },
  {
    key: 'weight',
    header: words.weightColumns.weight,
    numeric: true,
    cell: ({ weight }) => words.percent(weight),
  },
  { key: 'axis', header: words.weightColumns.axis, cell: ({ axis }) => axis && words.axes[axis] },
]

const POINTS: Column<ShownMethodology['points'][number]>[] = [
  { key: 'name', header: words.weightColumns.name, rowHeader: true, cell: ({ name }) => name },
  { key: 'points', header: words.weightColumns.weight, numeric: true, cell: ({ points }) => points },
]

const EVIDENCE: Column<ShownMethodology['evidence'][number]>[] = [
  {
    key: 'state',
    header: words.evidenceColumns.state,
    rowHeader: true,
    cell: ({ state }) => words.evidence[state],
  },
  {
    key: 'share',
    header: words.evidenceColumns.share,
    numeric: true,
    cell: ({ share }) => words.percent(share),
  },
]
