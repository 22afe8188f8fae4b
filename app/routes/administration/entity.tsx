import { BodyLong, Checkbox, Heading, Select, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findEntity } from '../../../db/entities.ts'
import { DUTIES } from '../../../domain/administration.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import {
  changeRightsKeepers,
  changeSignInPolicy,
  removeShield,
  updateEntity,
  updateShield,
} from '../../commands/administer-entity.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { administrationText, doneText, dutyChoice, entityText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'
import { isUpload } from '../../uploads.server.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(entityText.title) }]

const ADDRESS = '/administracion/entidad'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const entity = await findEntity(trx, actor.entityId)
    if (!entity) throw notFound(context.requestId)
    return { entity, dutyNames: actor.entity.dutyNames }
  })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  if (isUpload(request)) {
    const change = await updateShield(context, request)
    return change.ok ? redirect(`${ADDRESS}?hecho=escudo`) : invalidForm('escudo', change.problems, {})
  }
  const typed = await typedIn(request)
  if (typed.formulario === 'quitar') {
    await removeShield(context, actor)
    return redirect(`${ADDRESS}?hecho=sin_escudo`)
  }
  if (typed.formulario === 'ingreso') {
    const change = await changeSignInPolicy(context, actor, typed)
    return change.ok ? redirect(`${ADDRESS}?hecho=ingreso`) : invalidForm('ingreso', change.problems, typed)
  }
  if (typed.formulario === 'derechos') {
    const change = await changeRightsKeepers(context, actor, typed)
    return change.ok ? redirect(`${ADDRESS}?hecho=derechos`) : invalidForm('derechos', change.problems, typed)
  }
  const change = await updateEntity(context, actor, typed)
  return change.ok ? redirect(`${ADDRESS}?hecho=datos`) : invalidForm('entidad', change.problems, typed)
}

export default function EntityPage() {
  const { entity, dutyNames } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { shieldHash, minimumCell, requiresFactor, rightsDuties, ...words } = entity
  const field = fieldsOf('entidad', answer, { ...words, minimumCell: String(minimumCell) })
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: entityText.title }]} />
        <PageHeader title={entityText.title} state={entityText.state} />
        {!answer && <DoneNotice sentences={doneText} />}
      </div>
      <AdminForm code="entidad" answer={answer} submit={administrationText.save}>
        <TextField {...field('name')} label={entityText.name} description={entityText.nameHelp} />
        <TextField {...field('shortName')} label={entityText.shortName} description={entityText.shortNameHelp} />
        <TextField {...field('nit')} label={entityText.nit} description={entityText.nitHelp} />
        <TextField
          {...field('divipola')}
          inputMode="numeric"
          label={entityText.divipola}
          description={entityText.divipolaHelp}
        />
        <TextField {...field('slogan')} label={administrationText.optional(entityText.slogan)} />
        <TextField
          {...field('minimumCell')}
          inputMode="numeric"
          label={entityText.minimumCell}
          description={entityText.minimumCellHelp}
        />
      </AdminForm>
      <Section id="ingreso" title={entityText.signIn}>
        <BodyLong className="reading" spacing>
          {requiresFactor ? entityText.factorOn : entityText.factorOff}
        </BodyLong>
        <AdminForm code="ingreso" answer={answer} submit={administrationText.save} secondary>
          <Checkbox name="requiresFactor" defaultChecked={requiresFactor}>
            {entityText.requiresFactor}
          </Checkbox>
        </AdminForm>
      </Section>
      <RightsForm duties={rightsDuties} names={dutyNames} answer={answer} />
      <ShieldForms hash={shieldHash} answer={answer} />
    </VStack>
  )
}

interface RightsProps {
  duties: string[]
  names: Record<string, string>
  answer: Answer | undefined
}

function RightsForm({ duties, names, answer }: RightsProps) {
  const [firstDuty = '', secondDuty = ''] = duties
  const field = fieldsOf('derechos', answer, { firstDuty, secondDuty })
  const options = DUTIES.filter((duty) => duty !== 'dependencia').map((duty) => (
    <option key={duty} value={duty}>
      {dutyChoice(duty, names)}
    </option>
  ))
  return (
    <Section id="derechos" title={entityText.rights}>
      <BodyLong className="reading" spacing>
        {entityText.rightsHelp}
      </BodyLong>
      <AdminForm code="derechos" answer={answer} submit={administrationText.save} secondary>
        <Select {...field('firstDuty')} label={entityText.firstDuty}>
          {options}
        </Select>
        <Select {...field('secondDuty')} label={administrationText.optional(entityText.secondDuty)}>
          <option value="">{entityText.nobodyElse}</option>
          {options}
        </Select>
      </AdminForm>
    </Section>
  )
}

function ShieldForms({ hash, answer }: { hash: string | null; answer: Answer | undefined }) {
  const { defaultValue: _, ...field } = fieldsOf('escudo', answer)('shield')
  return (
    <section aria-labelledby="escudo">
      <VStack gap="space-16">
        <Heading level="2" size="medium" id="escudo">
          {entityText.shieldTitle}
        </Heading>
        {hash ? (
          <img src={`/escudo/${hash}`} alt={entityText.shieldNow} height={96} className="shield-preview" />
        ) : (
          <BodyLong>{entityText.shieldNone}</BodyLong>
        )}
        <AdminForm code="escudo" answer={answer} submit={entityText.upload} secondary encType="multipart/form-data">
          <NativeField
            {...field}
            type="file"
            accept="image/png"
            label={entityText.shield}
            description={entityText.shieldHelp}
          />
        </AdminForm>
        {hash && (
          <AdminForm code="quitar" answer={answer} submit={entityText.remove} secondary>
            {null}
          </AdminForm>
        )}
      </VStack>
    </section>
  )
}
