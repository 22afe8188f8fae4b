import { Alert, Button, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { LevelChip } from '../../components/risks/level-chip.tsx'
import { ReadingForm } from '../../components/risks/reading-form.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { actOnIndicator, loadIndicator } from '../../pages/risk-indicator.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatDay, formatInstant } from '../../text/format.ts'
import { partsText } from '../../text/parts.ts'
import { indicatorText as words } from '../../text/risk-follow.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.title(data?.sheet.code ?? '')) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadIndicator(context, await requireActor(request, context), params.indicador ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnIndicator(context, actor, params.indicador ?? '', await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** Sheet of an indicator, its readings as a chart and as a table, and the form of the next one. */
export default function Indicator() {
  const { sheet, readings, chart, open, nextOn, whyNot, whyNotKeep, earlier, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { code, riskCode, name, unit, owner, retiredAt } = sheet
  const columns = readingColumns(sheet)
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={riskCode} crumbs={[{ label: code }]} />
        <PageHeader
          title={`${words.title(code)}: ${name}`}
          state={words.state(owner, retiredAt === null ? nextOn : null)}
        />
        <DoneNotice sentences={words.done} />
        {retiredAt !== null && (
          <Alert variant="info" className="reading">
            {words.retired(formatInstant(retiredAt), sheet.retiredReason ?? '')}
          </Alert>
        )}
      </div>
      <Section id="mediciones" title={words.readingsTitle}>
        <VStack gap="space-16">
          {chart && (
            <section
              className="scroll-region"
              aria-label={partsText.scrollHint(name)}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
              tabIndex={0}
            >
              {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
              <div className="figure__chart" dangerouslySetInnerHTML={{ __html: chart }} />
            </section>
          )}
          {readings.length > 0 ? (
            <DataTable
              caption={words.readingsCaption(code)}
              columns={columns}
              rows={readings}
              rowKey={(row) => row.from}
            />
          ) : (
            <p>{words.noReadings}</p>
          )}
          <ListFiles list="indicator_readings" of={{ indicador: code }} />
        </VStack>
      </Section>
      {retiredAt === null && (
        <Section id="medir" title={words.measureTitle}>
          {whyNot ? (
            <p className="quiet">{whyNot}</p>
          ) : open.length > 0 ? (
            <ReadingForm answer={answer} formKey={formKey} periods={open} unit={unit} sheet={sheet} />
          ) : (
            <p>{words.nothingToMeasure}</p>
          )}
        </Section>
      )}
      <Section id="hoja" title={words.sheetTitle}>
        <VStack gap="space-16">
          <Facts facts={factsOf(sheet)} />
          {retiredAt === null && whyNotKeep === null && (
            <div>
              <Button as={Link} variant="secondary" to={`/riesgos/indicadores/${code}/correccion`}>
                {words.correct}
              </Button>
            </div>
          )}
        </VStack>
      </Section>
      {earlier.length > 0 && (
        <Section id="antes" title={words.earlierTitle}>
          <DataTable
            caption={words.earlierCaption}
            hideCaption
            columns={EARLIER}
            rows={earlier}
            rowKey={({ n }) => String(n)}
          />
        </Section>
      )}
      {retiredAt === null && whyNotKeep === null && <Retirement answer={answer} />}
    </VStack>
  )
}

function Retirement({ answer }: { answer: Answer | undefined }) {
  const field = fieldsOf('retiro', answer)
  return (
    <Section id="retirar" title={words.retireTitle}>
      <AdminForm code="retiro" answer={answer} submit={words.retire} danger>
        <Textarea
          {...field('reason')}
          label={words.retireReason}
          description={words.retireHelp}
          minRows={2}
          maxRows={8}
        />
      </AdminForm>
    </Section>
  )
}

const EARLIER: Column<Loaded['earlier'][number]>[] = [
  { key: 'n', header: words.earlier.n, numeric: true, rowHeader: true, cell: ({ n }) => n },
  {
    key: 'said',
    header: words.earlier.said,
    cell: ({ said }) => (
      <ul>
        {said.map(({ field, value }) => (
          <li key={field}>
            {field}: <span className="typed">{value}</span>
          </li>
        ))}
      </ul>
    ),
  },
  { key: 'reason', header: words.earlier.reason, cell: ({ reason }) => <span className="typed">{reason}</span> },
  { key: 'who', header: words.earlier.who, cell: ({ position }) => position },
  { key: 'at', header: words.earlier.at, cell: ({ at }) => formatInstant(at) },
]

function factsOf(sheet: Loaded['sheet']): Fact[] {
  const { fields } = words
  const facts: [string, Fact[1] | null][] = [
    [
      fields.risk,
      <Link key="risk" to={`/riesgos/${sheet.riskCode}`}>
        {sheet.riskCode}
      </Link>,
    ],
    [fields.objective, sheet.objective],
    [fields.unit, words.units[sheet.unit]],
    [fields.formula, sheet.formula],
    [fields.numerator, sheet.numerator],
    [fields.denominator, sheet.denominator],
    [fields.frequency, words.frequencies[sheet.frequency]],
    [fields.firstPeriod, formatDay(sheet.firstPeriod)],
    [fields.source, sheet.source],
    [fields.location, sheet.location],
    [fields.availability, words.availabilities[sheet.availability]],
    [fields.trend, words.trends[sheet.trend]],
    [fields.goal, words.value(sheet.goal, sheet.unit)],
    [fields.critical, words.value(sheet.critical, sheet.unit)],
    [fields.owner, sheet.owner],
  ]
  return facts.filter((fact): fact is Fact => fact[1] !== null && fact[1] !== '')
}

function readingColumns({ unit }: Loaded['sheet']): Column<Loaded['readings'][number]>[] {
  const { readingColumns: columns } = words
  const number = (value: number | null) => (value === null ? '' : words.value(value, 'number'))
  return [
    { key: 'period', header: columns.period, rowHeader: true, cell: (row) => words.period(row) },
    { key: 'numerator', header: columns.numerator, numeric: true, cell: ({ numerator }) => number(numerator) },
    ...(unit === 'percent'
      ? [
          {
            ...{ key: 'denominator', header: columns.denominator, numeric: true },
            cell: ({ denominator }: Loaded['readings'][number]) => number(denominator),
          },
        ]
      : []),
    { key: 'value', header: columns.value, numeric: true, cell: ({ value }) => words.value(value, unit) },
    { key: 'level', header: columns.level, cell: ({ level }) => <LevelChip level={level} /> },
    { key: 'note', header: columns.note, cell: ({ note }) => note },
    { key: 'who', header: columns.who, cell: ({ position }) => position },
  ]
}
