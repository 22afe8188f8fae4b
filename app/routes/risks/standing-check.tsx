import { BodyLong, Button, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { VIOLATION_PLACE } from '../../components/risks/violations.tsx'
import { Section } from '../../components/section.tsx'
import { CheckChip } from '../../components/state-chip.tsx'
import { actOnStandingCheck, loadStandingCheck } from '../../pages/standing-checks.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { standingText, standingChecksText as words } from '../../text/standing-checks.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? standingText[data.check].name : words.title) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadStandingCheck(context, await requireActor(request, context), params.verificacion ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnStandingCheck(context, actor, params.verificacion ?? '', await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** One standing check: what it finds, where each is put right, and the steps it holds. */
export default function StandingCheck() {
  const { check, area, owner, examination, gates, free, formKey, whyNot } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('retener', answer)
  const { name, help } = standingText[check]
  const { violations, found, lookedAt } = examination
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title, to: '/riesgos/verificaciones' }, { label: name }]} />
        <PageHeader title={name} state={help} chips={<CheckChip found={found} />} />
        <DoneNotice sentences={words.done} />
      </div>
      <Facts
        facts={[
          [words.columns.area, words.areas[area]],
          [words.columns.owner, owner],
          [words.columns.looked, formatNumber(lookedAt)],
        ]}
      />
      <Section id="pendientes" title={words.rowsTitle}>
        {found === 0 ? (
          <p>{words.none}</p>
        ) : (
          <VStack gap="space-16">
            <DataTable
              caption={words.rowsCaption}
              columns={[VIOLATION_PLACE]}
              rows={violations}
              rowKey={(row) => `${row.id} ${row.place} ${row.label}`}
            />
            {found > violations.length && <p>{words.rowsMore(violations.length, found)}</p>}
          </VStack>
        )}
      </Section>
      <Section id="retiene" title={words.gatesTitle}>
        <VStack gap="space-16">
          <BodyLong className="reading">{words.gatesHelp}</BodyLong>
          {gates.length === 0 ? (
            <p>{words.noGates}</p>
          ) : (
            <DataTable
              caption={words.gatesCaption}
              columns={gateColumns(whyNot === null)}
              rows={gates}
              rowKey={(row) => row.id}
            />
          )}
          {whyNot ? (
            <p className="quiet">{whyNot}</p>
          ) : (
            <AdminForm code="retener" answer={answer} submit={words.hold} hidden={{ formKey }} secondary>
              <Select {...field('step')} label={words.whichStep} className="field--short">
                {free.map((code) => (
                  <option key={code} value={code}>
                    {words.step(code)}
                  </option>
                ))}
              </Select>
              <Textarea
                {...field('reason')}
                label={words.reason}
                description={words.reasonHelp}
                minRows={2}
                maxRows={8}
              />
            </AdminForm>
          )}
        </VStack>
      </Section>
    </VStack>
  )
}

const gateColumns = (mayKeep: boolean): Column<Loaded['gates'][number]>[] => [
  { key: 'step', header: words.columns.step, rowHeader: true, cell: ({ step }) => words.step(step) },
  { key: 'reason', header: words.columns.reason, cell: ({ reason }) => <span className="typed">{reason}</span> },
  { key: 'who', header: words.columns.who, cell: ({ setBy }) => setBy },
  { key: 'since', header: words.columns.since, cell: ({ setAt }) => formatInstant(setAt) },
  ...(mayKeep
    ? [
        {
          key: 'act',
          header: words.columns.act,
          cell: ({ step }: Loaded['gates'][number]) => (
            <Form method="post">
              <input type="hidden" name="formulario" value="liberar" />
              <input type="hidden" name="step" value={step} />
              <Button type="submit" variant="secondary" aria-label={words.releaseOf(step)}>
                {words.release}
              </Button>
            </Form>
          ),
        },
      ]
    : []),
]
