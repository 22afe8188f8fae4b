import { Alert, BodyLong, Button, HStack, Radio, RadioGroup, Select, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { type Trx, withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { findPerson, listPeople } from '../../../db/people.ts'
import { listPositions } from '../../../db/position-changes.ts'
import { isId } from '../../../domain/ids.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { registerTenure } from '../../commands/administer-tenures.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { administrationText, tenuresText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

const SHOWN = 200

export const meta: MetaFunction = () => [{ title: shellText.title(tenuresText.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const params = new URL(request.url).searchParams
  const search = (params.get('nombre') ?? '').replaceAll('\u0000', '').toWellFormed().trim().slice(0, 100)
  const chosen = { person: params.get('persona') ?? '', position: params.get('cargo') ?? '' }
  const lists = await withActor(context.db, actor, (trx) => choices(trx, actor.entityId, search, chosen.person))
  return { ...lists, search, chosen, today: appToday() }
}

async function choices(trx: Trx, entityId: string, search: string, personId: string) {
  const people = await listPeople(trx, entityId, { ...(search && { search }), limit: SHOWN })
  const chosen = isId(personId) ? await findPerson(trx, entityId, personId) : undefined
  const positions = await listPositions(trx, entityId, { limit: 500 })
  const listed = people.rows.filter((row) => !row.endedOn).map(({ id, displayName }) => ({ id, name: displayName }))
  const missing = chosen && !chosen.endedOn && !listed.some(({ id }) => id === chosen.id)
  return {
    people: missing ? [{ id: chosen.id, name: chosen.displayName }, ...listed] : listed,
    more: people.next !== null,
    positions: positions.rows
      .filter((row) => !row.endedOn)
      .map(({ id, name, agencyName }) => ({ id, name: `${name} · ${agencyName}` })),
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  const change = await registerTenure(context, actor, typed)
  if (!change.ok) return invalidForm('vinculacion', change.problems, typed)
  return redirect(`/administracion/vinculaciones/${change.saved.id}?hecho=vinculacion`)
}

export default function NewTenure() {
  const { people, more, search, chosen } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs
          crumbs={[{ label: tenuresText.title, to: '/administracion/vinculaciones' }, { label: tenuresText.newTitle }]}
        />
        <PageHeader title={tenuresText.newTitle} state={tenuresText.newState} />
      </div>
      {(more || search) && (
        <Form method="get" role="search">
          <VStack gap="space-8">
            {more && <Alert variant="info">{tenuresText.more}</Alert>}
            <input type="hidden" name="cargo" value={chosen.position} />
            <HStack gap="space-12" align="end" wrap>
              <TextField name="nombre" label={tenuresText.narrow} defaultValue={search} autoComplete="off" />
              <Button type="submit" variant="secondary">
                {administrationText.search}
              </Button>
            </HStack>
          </VStack>
        </Form>
      )}
      {people.length === 0 ? <BodyLong>{tenuresText.noPeople}</BodyLong> : <TenureForm answer={answer} />}
    </VStack>
  )
}

function TenureForm({ answer }: { answer: Answer | undefined }) {
  const { people, positions, chosen, today } = useLoaderData<typeof loader>()
  const initial = { personId: chosen.person, positionId: chosen.position, from: today, kind: 'titular' }
  const field = fieldsOf('vinculacion', answer, initial)
  const kind = field('kind')
  return (
    <AdminForm
      code="vinculacion"
      answer={answer}
      submit={tenuresText.submitNew}
      cancelTo="/administracion/vinculaciones"
    >
      <Choices field={field('personId')} label={tenuresText.person} empty={tenuresText.choosePerson} rows={people} />
      <Choices
        field={field('positionId')}
        label={tenuresText.position}
        empty={tenuresText.choosePosition}
        rows={positions}
      />
      <RadioGroup legend={tenuresText.kind} name="kind" defaultValue={kind.defaultValue} error={kind.error}>
        <Radio value="titular" id={kind.id}>
          {tenuresText.kinds.titular}
        </Radio>
        <Radio value="encargado">{tenuresText.kinds.encargado}</Radio>
      </RadioGroup>
      <NativeField {...field('from')} type="date" label={tenuresText.from} />
      <NativeField
        {...field('to')}
        type="date"
        label={administrationText.optional(tenuresText.to)}
        description={tenuresText.toHelp}
      />
      <TextField
        {...field('actReference')}
        label={tenuresText.act}
        description={tenuresText.actHelp}
        autoComplete="off"
      />
    </AdminForm>
  )
}

interface ChoicesProps {
  field: ReturnType<ReturnType<typeof fieldsOf>>
  label: string
  empty: string
  rows: { id: string; name: string }[]
}

function Choices({ field, label, empty, rows }: ChoicesProps) {
  return (
    <Select {...field} label={label}>
      <option value="">{empty}</option>
      {rows.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
