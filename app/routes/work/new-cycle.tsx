import { randomUUID } from 'node:crypto'
import { Alert, Button, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listProcedures, requireProcedureVersion } from '../../../db/procedures.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { CycleInput } from '../../../domain/inputs.ts'
import { cycleRow } from '../../../domain/permission-rows.ts'
import { whyNot } from '../../../domain/permissions.ts'
import { objection } from '../../../domain/refusals.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { startCycle } from '../../commands/start-cycle.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { cyclesText, newCycleText } from '../../text/cycles.ts'
import { inputErrors } from '../../text/inputs.ts'
import { sentenceOf } from '../../text/refusals.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(newCycleText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const procedures = await listProcedures(trx, actor.entityId)
    const latest = procedures[0] && (await requireProcedureVersion(trx, procedures[0].id))
    const row = latest && cycleRow(actor.entityId, latest.procedure)
    const against = row ? whyNot(permitted(actor), 'start', 'Cycle', row) : objection('no_right')
    return {
      formKey: randomUUID(),
      vigencia: appToday().slice(0, 4),
      whyNot: sentenceOf(against, actor),
      procedures: procedures.map(({ id, code, version, title }) => ({ id, code, version, title })),
    }
  })
}

/** Spanish names in the form, the command's own names behind it. */
const FIELDS = {
  clave: 'formKey',
  procedimiento: 'procedureVersionId',
  vigencia: 'vigencia',
  nombre: 'name',
  radicado: 'radicado',
  trd: 'trd',
  acto: 'administrativeAct',
} as const

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const form = await request.formData()
  const values = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, String(form.get(name) ?? '')]))
  const raw = Object.fromEntries(Object.entries(FIELDS).map(([name, field]) => [field, values[name]]))
  const read = readInput(CycleInput, raw)
  if (!read.ok) {
    return data({ errors: inputErrors(read.errors, nameOf), values }, { status: 422 })
  }
  try {
    const { cycleId, actId } = await startCycle(context, actor, read.input)
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const { sentence, status, code } = shownRefusal(failure, actor)
    return data(
      { errors: [{ field: code === 'cycle_exists' ? 'radicado' : 'nombre', message: sentence }], values },
      { status },
    )
  }
}

function nameOf(path: string): string {
  return Object.entries(FIELDS).find(([, field]) => field === path)?.[0] ?? 'nombre'
}

export default function NewCycle() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: cyclesText.title, to: '/ejercicios' }, { label: newCycleText.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={newCycleText.title} state={newCycleText.state} />
        {page.whyNot ? (
          <Alert variant="info">{`${newCycleText.notAllowed}. ${page.whyNot}`}</Alert>
        ) : (
          <CycleForm page={page} errors={answer?.errors} values={answer?.values ?? {}} />
        )}
      </VStack>
    </>
  )
}

interface FormProps {
  page: ReturnType<typeof useLoaderData<typeof loader>>
  errors: ShownError[] | undefined
  values: Record<string, string>
}

function CycleForm({ page, errors, values }: FormProps) {
  const busy = useNavigation().formAction !== undefined
  const only = page.procedures.length === 1 ? page.procedures[0]?.id : ''
  const text = (name: string, label: string, description?: string, otherwise = '') => (
    <TextField
      id={name}
      name={name}
      label={label}
      description={description}
      defaultValue={values[name] ?? otherwise}
      error={errorOf(errors, name)}
    />
  )
  return (
    <>
      <FormErrors errors={errors} />
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <input type="hidden" name="clave" value={values.clave || page.formKey} />
          <Select
            id="procedimiento"
            name="procedimiento"
            label={newCycleText.procedure}
            defaultValue={values.procedimiento ?? only}
            error={errorOf(errors, 'procedimiento')}
          >
            <option value="">{newCycleText.choose}</option>
            {page.procedures.map(({ id, code, version, title }) => (
              <option key={id} value={id}>
                {newCycleText.procedureOption(code, version, title)}
              </option>
            ))}
          </Select>
          {text('nombre', newCycleText.name, newCycleText.nameHelp)}
          {text('vigencia', newCycleText.vigencia, newCycleText.vigenciaHelp, page.vigencia)}
          {text('radicado', newCycleText.radicado, newCycleText.radicadoHelp)}
          {text('trd', newCycleText.trd, newCycleText.trdHelp)}
          {text('acto', newCycleText.act, newCycleText.actHelp)}
          <HStack gap="space-16" wrap>
            <Button type="submit" loading={busy}>
              {newCycleText.submit}
            </Button>
            <Button as={Link} to="/ejercicios" variant="tertiary">
              {newCycleText.cancel}
            </Button>
          </HStack>
        </VStack>
      </Form>
    </>
  )
}
