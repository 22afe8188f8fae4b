import { Alert, BodyLong, Button, Checkbox, CheckboxGroup, Select, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { FieldGroup } from '../../components/risks/field-group.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { actOnMove, loadMove } from '../../pages/risk-move.server.ts'
import { requireActor } from '../../session.server.ts'
import { moveText as words } from '../../text/risk-moves.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadMove(context, actor, params.codigo ?? '', new URL(request.url).searchParams)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnMove(context, actor, params.codigo ?? '', await request.formData())
}

/** Where to, then the table of equivalences that a person confirms. */
export default function MoveRisk() {
  const { code, targets, move, whyNot } = useLoaderData<typeof loader>()
  return (
    <>
      <RiskCrumbs risk={code} crumbs={[{ label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.of(code)} state={words.intro} />
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : move ? (
          <>
            {targets.length > 1 && <Target />}
            <Table />
          </>
        ) : (
          <Alert variant="info">{words.none}</Alert>
        )}
      </VStack>
    </>
  )
}

function labelOf({ name, percent, isCurrent }: { name: string; percent: number; isCurrent: boolean }): string {
  const level = words.level(name, percent)
  return isCurrent ? words.current(level) : level
}

function Target() {
  const { targets, target } = useLoaderData<typeof loader>()
  return (
    <Form method="get">
      <VStack gap="space-12">
        <Select name="a" label={words.where} id="destino" defaultValue={target} key={target}>
          {targets.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit" variant="secondary">
            {words.choose}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

function Table() {
  const { code, move, formKey, read, target } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!move) return null
  const initial = Object.fromEntries(
    move.tables.flatMap(({ levels }) => levels.map((one) => [one.field, one.proposed])),
  )
  const field = fieldsOf('traslado', answer, initial)
  const confirm = field('confirmed')
  return (
    <AdminForm
      key={target}
      code="traslado"
      answer={answer}
      submit={words.submit}
      hidden={{ formKey, read, target }}
      cancelTo={`/riesgos/${code}`}
    >
      {move.undesigned !== '' && <Alert variant="warning">{words.undesigned(move.undesigned)}</Alert>}
      <BodyLong>{words.tableIntro(move.from, move.to)}</BodyLong>
      {move.tables.map(({ axis, levels, options }) => (
        <FieldGroup key={axis} legend={words.ofAxis[axis]}>
          {levels.map((level) => (
            <Select key={level.field} {...field(level.field)} label={labelOf(level)}>
              {options.map((one) => (
                <option key={one.code} value={one.code}>
                  {words.level(one.name, one.percent)}
                </option>
              ))}
            </Select>
          ))}
        </FieldGroup>
      ))}
      <BodyLong>{words.result(move.before, move.after)}</BodyLong>
      <Textarea {...field('reason')} label={words.reason} minRows={2} maxRows={8} />
      <CheckboxGroup id={confirm.id} legend={words.confirmLegend} hideLegend error={confirm.error}>
        <Checkbox name="confirmed" value="si">
          {words.confirm}
        </Checkbox>
      </CheckboxGroup>
    </AdminForm>
  )
}
