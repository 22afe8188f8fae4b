import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ZoneChip } from '../../components/risks/zone-chip.tsx'
import { Section } from '../../components/section.tsx'
import { actOnImport, loadImport } from '../../pages/risk-imports.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { riskImportText as words } from '../../text/risk-imports.ts'
import { risksText } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.reviewTitle(data?.fileName ?? '')) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.libro, context)
  return await loadImport(context, actor, id, new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnImport(context, actor, requireId(params.libro, context))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What every line of a map says: the cells to correct, and what becomes of each risk. */
export default function ImportedRiskMap() {
  const map = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { facts } = words
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title, to: '/riesgos/importar' }, { label: map.fileName }]} />
        <PageHeader title={words.reviewTitle(map.fileName)} state={stateOf(map)} />
        {answer && (
          <Alert variant="error" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      <Facts
        facts={[
          [facts.sheet, map.sheet],
          [facts.rows, formatNumber(map.rows)],
          [facts.received, words.by(map.position, map.receivedAt)],
          ...(map.acceptedAt
            ? ([[facts.accepted, words.by(map.acceptedPosition ?? '', map.acceptedAt)]] as [string, string][])
            : []),
        ]}
      />
      <Next map={map} />
      {map.faultCount > 0 && (
        <Section id="corregir" title={words.faultsTitle}>
          <DataTable
            caption={words.faultsCaption}
            hideCaption
            columns={cellColumns(map.sheet, words.fault.why)}
            rows={map.faults.rows}
            rowKey={({ cell, why }) => `${cell} ${why}`}
          />
          <Pagination next={map.faults.next} />
        </Section>
      )}
      {map.notes.rows.length > 0 && (
        <Section id="diferencias" title={words.notesTitle}>
          <BodyLong className="reading" spacing>
            {words.notesIntro}
          </BodyLong>
          <DataTable
            caption={words.notesCaption}
            hideCaption
            columns={cellColumns(map.sheet, words.noteWhy)}
            rows={map.notes.rows}
            rowKey={({ cell }) => cell}
          />
          <Pagination next={map.notes.next} name="notas" />
        </Section>
      )}
      {map.riskCount > 0 && (
        <Section id="riesgos" title={risksTitle(map)}>
          <DataTable
            caption={words.risksCaption}
            hideCaption
            columns={riskColumns(map.faultCount > 0 ? words.waiting : words.fresh)}
            rows={map.risks.rows}
            rowKey={({ line }) => String(line)}
          />
          <Pagination next={map.risks.next} name="riesgos" />
        </Section>
      )}
    </VStack>
  )
}

function stateOf(map: Loaded): string {
  if (map.acceptedAt) return words.doneState(map.riskCount)
  if (map.faultCount > 0) return words.faultyState(map.faultCount, map.riskCount)
  return map.freshCount === 0 ? words.emptyState : words.readyState(map.freshCount, map.controlCount)
}

function risksTitle({ acceptedAt, faultCount }: Loaded): string {
  if (acceptedAt) return words.risksDone
  return faultCount > 0 ? words.risksSound : words.risksTitle
}

/** The one thing to do now: accept, send it again corrected, or nothing. */
function Next({ map }: { map: Loaded }) {
  if (map.acceptedAt) return null
  if (map.whyNot) return <p className="quiet">{map.whyNot}</p>
  if (map.faultCount > 0 || map.freshCount === 0)
    return (
      <div>
        <Button as={Link} to="/riesgos/importar">
          {words.again}
        </Button>
      </div>
    )
  return (
    <ConfirmForm hidden={{}} submit={words.confirm(map.freshCount)} cancelTo="/riesgos/importar">
      <BodyLong className="reading">{words.confirmHelp}</BodyLong>
    </ConfirmForm>
  )
}

const cellColumns = (sheet: string, why: string): Column<Loaded['faults']['rows'][number]>[] => [
  { key: 'cell', header: words.fault.cell, rowHeader: true, cell: ({ cell }) => words.place(sheet, cell) },
  // What to do comes before what stands there: on a telephone the last column is out of sight.
  { key: 'why', header: why, cell: (one) => <span className="phrase">{one.why}</span> },
  {
    key: 'read',
    header: words.fault.read,
    cell: ({ read }) =>
      read.trim() === '' ? (
        <span className="quiet">{words.blank}</span>
      ) : (
        <span className="typed">{words.shortened(read)}</span>
      ),
  },
]

const riskColumns = (waiting: string): Column<Loaded['risks']['rows'][number]>[] => [
  {
    key: 'line',
    header: words.risk.line,
    cell: ({ line, code }) => (
      <>
        {formatNumber(line)} · <span className="typed">{code || words.none}</span>
      </>
    ),
  },
  {
    key: 'description',
    header: words.risk.description,
    rowHeader: true,
    cell: ({ description }) => <span className="typed">{description}</span>,
  },
  { key: 'inherent', header: words.risk.inherent, cell: ({ inherent }) => <ZoneChip zone={inherent} /> },
  { key: 'declared', header: words.risk.declared, cell: ({ declared }) => <ZoneChip zone={declared} /> },
  { key: 'controls', header: words.risk.controls, numeric: true, cell: ({ controls }) => controls },
  {
    key: 'done',
    header: words.risk.done,
    cell: ({ done, written }) => (
      <>
        {done}
        {written !== '' && (
          <p className="quiet">
            {words.inBook} <span className="typed">{written}</span>
          </p>
        )}
      </>
    ),
  },
  {
    key: 'result',
    header: words.risk.result,
    cell: ({ registeredAs, standsAs }) => {
      const code = registeredAs ?? standsAs
      if (!code) return waiting
      return (
        <>
          {registeredAs ? words.registered : words.standing}{' '}
          <Link className="row-link nowrap" to={`/riesgos/${code}`} aria-label={risksText.open(code)}>
            {code}
          </Link>
        </>
      )
    },
  },
]
