import { BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { listReaching } from '../../../db/access-endings.ts'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listStandingPositions } from '../../../db/findings.ts'
import { listLeftWork } from '../../../db/handover.ts'
import { findPerson } from '../../../db/people.ts'
import { listTenures } from '../../../db/tenure-changes.ts'
import { invalidForm, requireAdministrator, type Typed, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import * as people from '../../commands/administer-people.server.ts'
import { AccountCard } from '../../components/account-card.tsx'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { HandTo, LeftWork, shownLeft } from '../../components/left-work.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { TenureTable } from '../../components/tenure-table.tsx'
import type { AppContext } from '../../context.server.ts'
import { requireId } from '../../params.server.ts'
import type { Actor } from '../../session.server.ts'
import { accessGroundsText } from '../../text/access-grounds.ts'
import { administrationText, doneText, peopleText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.person.displayName ?? peopleText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.persona, context)
  return await withActor(context.db, actor, async (trx) => {
    const person = await findPerson(trx, actor.entityId, id)
    if (!person) throw notFound(context.requestId)
    const { rows: tenures } = await listTenures(trx, actor.entityId, { personId: id })
    const accesses = (await listReaching(trx, id, appToday())).map(({ code }) => code)
    const left = shownLeft(person.endedOn ? [] : await listLeftWork(trx, { personId: id, on: appToday() }))
    const positions = (await listStandingPositions(trx, actor.entityId)).map(({ id, name }) => ({ id, name }))
    return { person, tenures, accesses, left, positions }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.persona, context)
  const typed = await typedIn(request)
  const form = typed.formulario ?? ''
  const address = `/administracion/personas/${id}?hecho=`
  if (form === 'abrir' || form === 'enlace') return await giveLink(context, actor, id, typed)
  const command = Object.hasOwn(COMMANDS, form) && COMMANDS[form]
  if (!command) return invalidForm(form, [], typed)
  const change = await command.run(context, actor, { ...typed, id, personId: id })
  return change.ok ? redirect(address + command.done) : invalidForm(form, change.problems, typed)
}

const COMMANDS: Record<string, { run: typeof people.updatePerson; done: string }> = {
  datos: { run: people.updatePerson, done: 'datos' },
  retiro: { run: people.retirePerson, done: 'retiro' },
  cerrar: { run: people.disableAccess, done: 'cuenta' },
  sesiones: { run: people.closeSessions, done: 'sesiones' },
  factor: { run: people.takeFactorAway, done: 'factor' },
  directorio: { run: people.takeDirectoryAway, done: 'directorio' },
}

/** The answer itself carries the link: it is shown this once and stands nowhere else. */
async function giveLink(context: AppContext, actor: Actor, id: string, typed: Typed) {
  const form = typed.formulario ?? ''
  const give = form === 'abrir' ? people.giveAccount : people.giveNewLink
  const change = await give(context, actor, { ...typed, personId: id })
  if (!change.ok) return invalidForm(form, change.problems, typed)
  return { link: `${context.config.PUBLIC_URL.replace(/\/$/, '')}/crear-clave/${change.saved.secret}` }
}

export default function Person() {
  const { person, tenures, accesses, left, positions } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const answer = answered && 'errors' in answered ? answered : undefined
  const link = answered && 'link' in answered ? answered.link : undefined
  const held = tenures.filter((tenure) => tenure.inForce).length
  const account = person.account?.isOpen ? person.account.email : null
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs
          crumbs={[{ label: peopleText.title, to: '/administracion/personas' }, { label: person.displayName }]}
        />
        <PageHeader
          title={person.displayName}
          state={person.endedOn ? peopleText.retired(person.endedOn) : peopleText.statePage(held, account)}
        />
        <DoneNotice sentences={doneText} />
      </div>
      {accesses.length > 0 && <BodyLong className="reading">{peopleText.endsAccesses(accesses)}</BodyLong>}
      <Link className="row-link" to={`/accesos/explicacion?persona=${person.id}`}>
        {accessGroundsText.linkOf}
      </Link>
      <AccountCard person={person} answer={answer} link={link} takers={left.named.length > 0 ? positions : []} />
      <section aria-labelledby="vinculaciones">
        <VStack gap="space-16">
          <Heading level="2" size="medium" id="vinculaciones">
            {peopleText.tenuresTitle}
          </Heading>
          {tenures.length > 0 ? (
            <TenureTable tenures={tenures} hide="person" />
          ) : (
            <BodyLong>{peopleText.tenuresNone}</BodyLong>
          )}
          {!person.endedOn && (
            <div>
              <Button as={Link} variant="secondary" to={`/administracion/vinculaciones/nueva?persona=${person.id}`}>
                {peopleText.addTenure}
              </Button>
            </div>
          )}
        </VStack>
      </section>
      {!person.endedOn && <PersonForms person={person} answer={answer} left={left} positions={positions} />}
    </VStack>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function PersonForms({
  person,
  answer,
  left,
  positions,
}: Pick<Loaded, 'person' | 'left' | 'positions'> & { answer?: Answer }) {
  const data = fieldsOf('datos', answer, { displayName: person.displayName, email: person.email })
  const retire = fieldsOf('retiro', answer)
  return (
    <>
      <Section id="datos" title={peopleText.dataTitle}>
        <AdminForm code="datos" answer={answer} submit={administrationText.save} secondary>
          <TextField {...data('displayName')} label={peopleText.name} autoComplete="off" />
          <TextField
            {...data('email')}
            type="email"
            label={administrationText.optional(peopleText.email)}
            description={peopleText.emailHelp}
            autoComplete="off"
          />
        </AdminForm>
      </Section>
      <Section id="retiro" title={peopleText.retireTitle}>
        <BodyLong className="reading" spacing>
          {peopleText.retireHelp}
        </BodyLong>
        <LeftWork left={left} />
        <AdminForm code="retiro" answer={answer} submit={peopleText.retire} danger>
          <NativeField
            {...retire('on')}
            type="date"
            label={administrationText.lastDay}
            description={administrationText.lastDayHelp}
          />
          {left.named.length > 0 && <HandTo field={retire('handTo')} positions={positions} />}
        </AdminForm>
      </Section>
    </>
  )
}
