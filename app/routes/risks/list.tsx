import { BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { listAddress } from '../../components/list-address.ts'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ResidualMaps } from '../../components/risks/residual-maps.tsx'
import { ZoneChip } from '../../components/risks/zone-chip.tsx'
import { Section } from '../../components/section.tsx'
import { loadRisks, type ShownRisk } from '../../pages/risks.server.ts'
import { requireActor } from '../../session.server.ts'
import { checksText } from '../../text/automatic-checks.ts'
import { methodologiesText } from '../../text/methodologies.ts'
import { overrideText } from '../../text/residual-overrides.ts'
import { riskDuesText } from '../../text/risk-follow.ts'
import { riskImportText } from '../../text/risk-imports.ts'
import { riskMapText } from '../../text/risk-map.ts'
import { treatmentText } from '../../text/risk-treatment.ts'
import { riskYearText } from '../../text/risk-year.ts'
import { risksText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'
import { standingChecksText } from '../../text/standing-checks.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRisks(context, actor, new URL(request.url).searchParams)
}

/** The map before and after controls, and the risks that stand in it. */
export default function Risks() {
  const { rows, next, maps, place, cell, rising, showsRising, mayKeep, isFiltered, methodologies, methodology } =
    useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const isEmpty = rows.length === 0 && !isFiltered
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={words.intro}
          action={
            mayKeep && (
              <Button as={Link} to="/riesgos/nuevo">
                {words.new}
              </Button>
            )
          }
        />
      </div>
      <HStack gap="space-8 space-24" wrap>
        {PLACES_BESIDE.map(([to, label]) => (
          <Link key={to} className="row-link" to={to}>
            {label}
          </Link>
        ))}
      </HStack>
      {isEmpty ? (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      ) : (
        <>
          <Section id="mapa" title={words.mapTitle}>
            <VStack gap="space-16">
              {methodologies.length > 1 && (
                <ChipLinks
                  label={words.methodologyLabel}
                  chips={methodologies.map(({ code, name }) => ({
                    ...{ label: name, current: code === methodology },
                    to: listAddress('/riesgos', search, { metodologia: code, p: null, i: null, suben: null }),
                  }))}
                />
              )}
              <ResidualMaps place={place} maps={maps} rising={rising} />
            </VStack>
          </Section>
          <Section id="riesgos" title={words.title}>
            <VStack gap="space-16">
              {cell && (
                <BodyLong>
                  {words.ofCell(words.places[cell.place], cell.probability, cell.impact)}{' '}
                  <Link to={listAddress('/riesgos', search, { p: null, i: null })}>{words.showAll}</Link>
                </BodyLong>
              )}
              {showsRising && (
                <BodyLong>
                  {words.ofRising} <Link to={listAddress('/riesgos', search, { suben: null })}>{words.showAll}</Link>
                </BodyLong>
              )}
              <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.code} />
              <Pagination next={next} />
              <a className="row-link" href={`/riesgos/mapa.pdf?metodologia=${methodology}`} download>
                {riskMapText.pdf}
              </a>
              <ListFiles list="risk_map" />
            </VStack>
          </Section>
        </>
      )}
    </VStack>
  )
}

const PLACES_BESIDE = [
  ['/riesgos/informe', riskYearText.link],
  ['/riesgos/importar', riskImportText.link],
  ['/riesgos/revisiones', riskDuesText.title],
  ['/riesgos/autocontroles', checksText.link],
  ['/riesgos/verificaciones', standingChecksText.link],
  ['/riesgos/metodologias', methodologiesText.link],
] as const

const COLUMNS: Column<ShownRisk>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/riesgos/${code}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'description',
    header: words.columns.description,
    cell: ({ description }) => <span className="clamped">{description}</span>,
  },
  { key: 'owner', header: words.columns.owner, cell: ({ owner }) => owner },
  { key: 'inherent', header: words.columns.inherent, cell: ({ inherent }) => <ZoneChip zone={inherent} /> },
  {
    key: 'declared',
    header: words.columns.declared,
    cell: ({ declared, declaredP, declaredI, computed }) => (
      <>
        <ZoneChip zone={declared} />
        <span className="quiet block nowrap">{words.left(declaredP, declaredI)}</span>
        {computed && (
          <span className="quiet block">
            {overrideText.chip}. {overrideText.computed(computed)}
          </span>
        )}
      </>
    ),
  },
  {
    key: 'demonstrated',
    header: words.columns.demonstrated,
    cell: ({ demonstrated, demonstratedP, demonstratedI }) => (
      <>
        <ZoneChip zone={demonstrated} />
        <span className="quiet block nowrap">{words.left(demonstratedP, demonstratedI)}</span>
      </>
    ),
  },
  {
    key: 'treatment',
    header: treatmentText.title,
    cell: ({ treatment, isAcceptanceAsked }) =>
      treatmentText.inForce(treatment, isAcceptanceAsked) || treatmentText.undecided,
  },
  { key: 'controls', header: words.columns.controls, numeric: true, cell: ({ controls }) => controls },
]
