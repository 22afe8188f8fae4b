import { BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { listLeftBehind } from '../../../db/access-endings.ts'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listStandingPositions } from '../../../db/findings.ts'
import { listLeftWork } from '../../../db/handover.ts'
import { listOpenTasks, type OpenTask, type Succession, successionOf } from '../../../db/open-work.ts'
import { findTenure } from '../../../db/tenure-changes.ts'
import { addDays } from '../../../domain/civil-dates.ts'
import { invalidForm, requireAdministrator, typedIn } from '../../administration.server.ts'
import { notFound } from '../../answer.server.ts'
import { finishTenure } from '../../commands/administer-tenures.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { HandTo, LeftWork, shownLeft } from '../../components/left-work.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { requireId } from '../../params.server.ts'
import { administrationText, doneText, dutyChoice, tenuresText } from '../../text/administration.ts'
import { formatLongInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: shellText.title(
      data ? tenuresText.pageTitle(data.tenure.personName, data.tenure.positionName) : tenuresText.title,
    ),
  },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.vinculacion, context)
  const today = appToday()
  return await withActor(context.db, actor, async (trx) => {
    const tenure = await findTenure(trx, actor.entityId, id)
    if (!tenure) throw notFound(context.requestId)
    const { duty } = tenure
    const tasks = await listOpenTasks(trx, actor.entityId, duty)
    // Tomorrow is the first day without it, were it to end today.
    const after = await successionOf(trx, actor.entityId, { duty, day: addDays(today, 1), withoutTenure: id })
    const leaving = { personId: tenure.personId, agencyId: tenure.agencyId, day: addDays(today, 1), withoutTenure: id }
    const accesses = (await listLeftBehind(trx, leaving)).map(({ code }) => code)
    const left = shownLeft(await listLeftWork(trx, { personId: tenure.personId, tenureId: id, on: today }))
    const positions = (await listStandingPositions(trx, actor.entityId)).map(({ id, name }) => ({ id, name }))
    const called = actor.entity.dutyNames
    return { tenure, called, tasks, after, accesses, left, positions, over: tenure.to !== null && tenure.to < today }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.vinculacion, context)
  const typed = await typedIn(request)
  const change = await finishTenure(context, actor, { ...typed, id })
  if (!change.ok) return invalidForm('fin', change.problems, typed)
  return redirect(`/administracion/vinculaciones/${id}?hecho=fin`)
}

export default function Tenure() {
  const { tenure, called, tasks, after, accesses, left, positions, over } = useLoaderData<typeof loader>()
  const title = tenuresText.pageTitle(tenure.personName, tenure.positionName)
  const duty = dutyChoice(tenure.duty, called)
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: tenuresText.title, to: '/administracion/vinculaciones' }, { label: title }]} />
        <PageHeader
          title={title}
          state={[
            tenuresText.pageState(tenure.kind, tenure.from, tenure.to),
            tenuresText.actLine(tenure.actReference),
            tenure.endActReference && tenuresText.endActLine(tenure.endActReference),
          ]
            .filter(Boolean)
            .join(' ')}
        />
        <DoneNotice sentences={doneText} />
      </div>
      <Section id="tareas" title={tenuresText.tasksTitle}>
        {tasks.length === 0 ? (
          <BodyLong>{tenuresText.tasksNone(duty)}</BodyLong>
        ) : (
          <VStack gap="space-12">
            <BodyLong>{tenuresText.tasksIntro(duty)}</BodyLong>
            <DataTable
              caption={tenuresText.tasksTitle}
              hideCaption
              columns={TASKS}
              rows={tasks}
              rowKey={(row) => row.id}
            />
          </VStack>
        )}
      </Section>
      <section aria-labelledby="despues" className="card reading">
        <VStack gap="space-12">
          <Heading level="2" size="small" id="despues">
            {tenuresText.afterTitle}
          </Heading>
          <After after={after} />
          {after.holders.length === 0 && (
            <div>
              <Button
                as={Link}
                variant="secondary"
                to={`/administracion/vinculaciones/nueva?cargo=${tenure.positionId}`}
              >
                {tenuresText.nameEncargado}
              </Button>
            </div>
          )}
        </VStack>
      </section>
      {!over && <EndForm accesses={accesses} left={left} positions={positions} />}
    </VStack>
  )
}

function After({ after }: { after: Succession }) {
  const holders = after.holders.map(({ name }) => name)
  const told = after.told.map(({ name }) => name)
  if (holders.length > 0)
    return (
      <BodyLong>
        {holders.length === 1
          ? tenuresText.afterOneHolder(holders[0] ?? '')
          : tenuresText.afterHolders(holders.join(', '))}
      </BodyLong>
    )
  return (
    <>
      <BodyLong>{tenuresText.afterVacant}</BodyLong>
      <BodyLong>{told.length > 0 ? tenuresText.told(told.join(', ')) : tenuresText.toldNobody}</BodyLong>
    </>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

function EndForm({ accesses, left, positions }: Pick<Loaded, 'accesses' | 'left' | 'positions'>) {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('fin', answer)
  return (
    <Section id="fin" title={tenuresText.endTitle}>
      <BodyLong spacing>{tenuresText.endIntro}</BodyLong>
      {accesses.length > 0 && <BodyLong spacing>{tenuresText.endsAccesses(accesses)}</BodyLong>}
      <LeftWork left={left} />
      <AdminForm code="fin" answer={answer} submit={tenuresText.end} danger>
        <NativeField
          {...field('on')}
          type="date"
          label={administrationText.lastDay}
          description={administrationText.lastDayHelp}
        />
        <TextField
          {...field('actReference')}
          label={tenuresText.act}
          description={tenuresText.actHelp}
          autoComplete="off"
        />
        {left.named.length > 0 && <HandTo field={field('handTo')} positions={positions} />}
      </AdminForm>
    </Section>
  )
}

const TASKS: Column<OpenTask>[] = [
  {
    key: 'task',
    header: tenuresText.task,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/ejercicios/${row.cycleId}/pasos/${row.stepCode}`}>
        {tenuresText.taskName(tenuresText.taskKinds[row.kind], row.stepCode)}
      </Link>
    ),
  },
  { key: 'cycle', header: tenuresText.cycle, cell: (row) => row.cycleName },
  {
    key: 'due',
    header: tenuresText.due,
    cell: (row) => (row.dueAt ? formatLongInstant(row.dueAt) : administrationText.noValue),
  },
  { key: 'claimed', header: tenuresText.claimed, cell: (row) => row.claimedBy ?? tenuresText.nobody },
]
