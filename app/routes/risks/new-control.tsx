import { Alert, Heading, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Choice } from '../../components/risks/choice.tsx'
import { OwnerField } from '../../components/risks/owner-field.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnNewControl, loadNewControl } from '../../pages/risk-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { controlsText } from '../../text/automatic-checks.ts'
import { riskText, controlFormText as words } from '../../text/risks.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(riskText.addControl) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadNewControl(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewControl(context, actor, params.codigo ?? '', await request.formData())
}

export default function NewControl() {
  const { code, description, owners, choices, types, implementations, criteria, checks, formKey, whyNot } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('control', answer)
  const to = `/riesgos/${code}`
  const weighed = (rows: typeof implementations) =>
    rows.map((one) => ({ code: one.code, name: words.weight(one.name, one.weight) }))
  return (
    <>
      <RiskCrumbs risk={code} crumbs={[{ label: riskText.addControl }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title(code)} state={description} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <AdminForm code="control" answer={answer} submit={words.submit} hidden={{ formKey }} cancelTo={to}>
            <p>{words.intro}</p>
            <Heading level="2" size="small">
              {words.whoTitle}
            </Heading>
            <OwnerField field={field('ownerId')} label={words.owner} owners={owners} />
            <TextField {...field('action')} label={words.action} description={words.actionHelp} autoComplete="off" />
            <Textarea
              {...field('complement')}
              label={words.complement}
              description={words.complementHelp}
              minRows={2}
              maxRows={8}
            />
            <Heading level="2" size="small">
              {words.designTitle}
            </Heading>
            {types.length > 0 && <Choice field={field('type')} label={words.type} options={weighed(types)} />}
            {implementations.length > 0 && (
              <Choice field={field('implementation')} label={words.implementation} options={weighed(implementations)} />
            )}
            {criteria.map(({ code: one, question, options }) => (
              <Choice
                key={one}
                field={field(`criterion-${one}`)}
                label={question}
                options={options.map((option) => ({
                  ...{ code: option.code, name: words.points(option.name, option.points) },
                }))}
              />
            ))}
            <Choice field={field('documentation')} label={words.documentation} options={choices.documentations} />
            <Choice field={field('frequency')} label={words.frequency} options={choices.frequencies} />
            <Choice field={field('record')} label={words.record} options={choices.records} />
            <Choice field={field('execution')} label={words.execution} options={choices.executions} />
            <Choice field={field('periodicity')} label={words.periodicity} options={choices.periodicities} />
            {checks.length > 0 && (
              <Select {...field('automaticCheck')} label={words.automaticCheck} description={words.automaticCheckHelp}>
                <option value="">{words.noAutomaticCheck}</option>
                {checks.map((control) => (
                  <option key={control} value={control}>
                    {controlsText[control].name}
                  </option>
                ))}
              </Select>
            )}
          </AdminForm>
        )}
      </VStack>
    </>
  )
}
