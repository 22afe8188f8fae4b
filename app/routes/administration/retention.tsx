import { BodyLong, Radio, RadioGroup, Tag, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { newId } from '../../../db/ids.ts'
import { listRules } from '../../../db/retention.ts'
import { DISPOSITIONS } from '../../../domain/retention.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { adoptRetentionRule } from '../../commands/keep-retention.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { formatDate } from '../../text/format.ts'
import { dispositionNames, retentionText as words } from '../../text/retention.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  const asked = { today: appToday(), cursor }
  const page = await withActor(context.db, actor, (trx) => listRules(trx, actor.entityId, asked))
  return { ...page, formKey: newId() }
}

const FORM = 'serie'

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  const change = await adoptRetentionRule(context, actor, typed)
  return change.ok ? redirect('/administracion/retencion?hecho=agregada') : invalidForm(FORM, change.problems, typed)
}

/** The documentary table of the entity, version by version, and another to be added. */
export default function Retention() {
  const { rows, next, formKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.state(rows.length)} />
        <DoneNotice sentences={words.done} />
        <Link to="/disposicion">{words.disposals}</Link>
      </div>
      {rows.length > 0 && (
        <Section id="tabla" title={words.listTitle}>
          <VStack gap="space-16">
            <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
            <Pagination next={next} />
            <ListFiles list="retention_rules" />
          </VStack>
        </Section>
      )}
      <AddRule formKey={formKey} answer={answer} />
    </VStack>
  )
}

function AddRule({ formKey, answer }: { formKey: string; answer: Answer | undefined }) {
  const field = fieldsOf(FORM, answer)
  const { fields } = words
  return (
    <Section id="agregar" title={words.addTitle}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.addIntro}</BodyLong>
        <AdminForm code={FORM} answer={answer} submit={words.add} hidden={{ formKey }}>
          <TextField {...field('code')} label={fields.code} description={fields.codeHelp} autoComplete="off" />
          <TextField {...field('name')} label={fields.name} autoComplete="off" />
          <TextField
            {...field('officeYears')}
            label={fields.officeYears}
            description={fields.yearsHelp}
            inputMode="numeric"
            autoComplete="off"
            className="field--medium"
          />
          <TextField
            {...field('centralYears')}
            label={fields.centralYears}
            inputMode="numeric"
            autoComplete="off"
            className="field--medium"
          />
          <RadioGroup {...field('disposition')} legend={fields.disposition}>
            {DISPOSITIONS.map((one) => (
              <Radio key={one} value={one}>
                {dispositionNames[one]}
              </Radio>
            ))}
          </RadioGroup>
          <TextField {...field('act')} label={fields.act} description={fields.actHelp} autoComplete="off" />
          <NativeField {...field('actDate')} type="date" label={fields.actDate} />
          <NativeField {...field('inForceFrom')} type="date" label={fields.inForceFrom} />
        </AdminForm>
      </VStack>
    </Section>
  )
}

type Rule = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const COLUMNS: Column<Rule>[] = [
  { key: 'code', header: words.columns.code, rowHeader: true, cell: ({ code }) => code },
  { key: 'name', header: words.columns.name, cell: ({ name }) => name },
  {
    key: 'years',
    header: words.columns.years,
    cell: ({ officeYears, centralYears }) => words.years(officeYears, centralYears),
  },
  { key: 'disposition', header: words.columns.disposition, cell: ({ disposition }) => dispositionNames[disposition] },
  { key: 'act', header: words.columns.act, cell: ({ act, actDate }) => `${act}, ${formatDate(actDate)}` },
  { key: 'from', header: words.columns.from, cell: ({ inForceFrom }) => formatDate(inForceFrom) },
  {
    key: 'version',
    header: words.columns.version,
    cell: ({ n, isInForce }) => (
      <>
        {n}{' '}
        <Tag size="small" variant="moderate" data-color={isInForce ? 'success' : 'neutral'}>
          {isInForce ? words.inForce : words.notInForce}
        </Tag>
      </>
    ),
  },
]
