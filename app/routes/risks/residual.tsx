import { Alert, BodyLong, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { AXES } from '../../../domain/risk-methodology.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { ZoneChip } from '../../components/risks/zone-chip.tsx'
import { Section } from '../../components/section.tsx'
import { actOnResidual, loadResidual } from '../../pages/residual.server.ts'
import { requireActor } from '../../session.server.ts'
import { overrideText as words } from '../../text/residual-overrides.ts'
import { moveText } from '../../text/risk-moves.ts'
import { risksText } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(words.of(data?.code ?? '')) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadResidual(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnResidual(context, actor, params.codigo ?? '', await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What is computed and what stands, beside each other; and the way to write over it and back. */
export default function ResidualPage() {
  const { code, description, read, rows, history, isOverwritten, isAsked, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={code} crumbs={[{ label: words.title }]} />
        <PageHeader title={words.of(code)} state={description} />
        <DoneNotice sentences={words.done} />
      </div>
      {isAsked && (
        <Alert variant="warning" className="reading">
          {words.asked} <Link to={`/riesgos/${code}/seguimiento`}>{words.review}</Link>
        </Alert>
      )}
      <BodyLong className="reading">{words.intro}</BodyLong>
      <DataTable caption={words.placesCaption} columns={PLACES} rows={rows} rowKey={(row) => row.name} />
      {whyNot ? (
        <Alert variant="info">{whyNot}</Alert>
      ) : (
        <>
          <Section id="sobrescribir" title={words.formTitle}>
            <Overwrite />
          </Section>
          {isOverwritten && (
            <Section id="quitar" title={words.withdrawTitle}>
              <AdminForm code="quitar" answer={answer} submit={words.withdraw} hidden={{ read }} danger>
                {null}
              </AdminForm>
            </Section>
          )}
        </>
      )}
      <Section id="historia" title={words.historyTitle}>
        {history.length > 0 ? (
          <DataTable caption={words.historyCaption} columns={HISTORY} rows={history} rowKey={(row) => String(row.n)} />
        ) : (
          <p className="quiet">{words.none}</p>
        )}
      </Section>
    </VStack>
  )
}

function Overwrite() {
  const { levels, initial, formKey, read } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('residual', answer, initial)
  return (
    <AdminForm code="residual" answer={answer} submit={words.submit} hidden={{ formKey, read }}>
      {AXES.map((axis) => (
        <Select key={axis} {...field(axis)} label={words[axis]} className="field--short">
          {levels[axis].map(({ name, percent }, i) => (
            <option key={name} value={String(i)}>
              {moveText.level(name, percent)}
            </option>
          ))}
        </Select>
      ))}
      <Textarea {...field('reason')} label={words.reason} minRows={3} maxRows={8} />
    </AdminForm>
  )
}

const PLACES: Column<Loaded['rows'][number]>[] = [
  { key: 'place', header: words.placeColumns.place, rowHeader: true, cell: ({ name }) => risksText.places[name] },
  {
    key: 'computed',
    header: words.placeColumns.computed,
    cell: ({ computed }) => (
      <>
        {computed.words} <ZoneChip zone={computed.zone} />
      </>
    ),
  },
  {
    key: 'standing',
    header: words.placeColumns.standing,
    cell: ({ standing }) => (
      <>
        {standing.words} <ZoneChip zone={standing.zone} />
      </>
    ),
  },
]

const HISTORY: Column<Loaded['history'][number]>[] = [
  { key: 'n', header: words.columns.n, rowHeader: true, cell: ({ n }) => n },
  { key: 'written', header: words.columns.written, cell: ({ written }) => written },
  { key: 'computed', header: words.columns.computed, cell: ({ computed }) => computed },
  { key: 'why', header: words.columns.why, cell: ({ reason }) => reason },
  { key: 'who', header: words.columns.who, cell: ({ who }) => who },
  {
    key: 'end',
    header: words.columns.end,
    cell: ({ ending, endedOn }) => (ending === null ? words.stands : `${words.endings[ending]}, ${endedOn}`),
  },
]
