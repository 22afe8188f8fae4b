import { BodyLong, Radio, RadioGroup, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { newId } from '../../../db/ids.ts'
import { DISPOSITIONS } from '../../../domain/retention.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { adoptRetentionRule } from '../../commands/keep-retention.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { RetentionTable } from '../../components/disposal/retention-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { retentionPage } from '../../pages/disposals.server.ts'
import { dispositionNames, retentionText as words } from '../../text/retention.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const search = new URL(request.url).searchParams
  const page = await withActor(context.db, actor, (trx) => retentionPage(trx, actor, search))
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
      <RetentionTable rows={rows} next={next} />
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
