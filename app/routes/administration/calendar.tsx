import { BodyLong, Button, Heading, Radio, RadioGroup, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { type CalendarDayLine, listCalendarDays, previewCalendarRemoval } from '../../../db/calendar-days.ts'
import { withActor } from '../../../db/client.ts'
import type { MovedTerm } from '../../../db/terms.ts'
import { isCivilDate } from '../../../domain/civil-dates.ts'
import { actingPerson, invalidForm, requireAdministrator, type Typed, typedIn } from '../../administration.server.ts'
import { previewDay, registerDay, takeDayBack } from '../../commands/administer-calendar.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { AdminForm } from '../../components/admin-form.tsx'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { type Answer, fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import type { AppContext } from '../../context.server.ts'
import type { Actor } from '../../session.server.ts'
import { calendarText, doneText } from '../../text/administration.ts'
import { formatDay } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(calendarText.title) }]

const ADDRESS = '/administracion/calendario'

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  return await withActor(context.db, actor, (trx) => listCalendarDays(trx, actor.entityId, { cursor }))
}

/** What will happen, to be confirmed: the day, and the running terms it moves. */
interface Preview {
  kind: 'extra' | 'removed' | 'back'
  day: string
  typed: Typed
  moved: MovedTerm[]
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const typed = await typedIn(request)
  switch (typed.formulario) {
    case 'retirar':
      return { preview: await previewBack(context, actor, typed) }
    case 'confirmar-retiro': {
      const change = await takeDayBack(context, actor, typed)
      return change.ok ? redirect(`${ADDRESS}?hecho=retirado`) : invalidForm('dia', change.problems, typed)
    }
    case 'confirmar': {
      const change = await registerDay(context, actor, typed)
      return change.ok ? redirect(`${ADDRESS}?hecho=dia`) : invalidForm('dia', change.problems, typed)
    }
    default: {
      const change = await previewDay(context, actor, typed)
      if (!change.ok) return invalidForm('dia', change.problems, typed)
      const { day = '', kind } = typed
      const preview: Preview = { kind: kind === 'removed' ? 'removed' : 'extra', day, typed, moved: change.saved.moved }
      return { preview }
    }
  }
}

async function previewBack(context: AppContext, actor: Actor, { day = '' }: Typed): Promise<Preview> {
  const { entityId } = actingPerson(context, actor)
  const moved = isCivilDate(day)
    ? await withActor(context.db, actor, (trx) => previewCalendarRemoval(trx, entityId, day))
    : []
  return { kind: 'back', day, typed: { day }, moved }
}

export default function CalendarPage() {
  const { rows, next } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const preview = answered && 'preview' in answered ? answered.preview : undefined
  const answer = answered && 'errors' in answered ? answered : undefined
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: calendarText.title }]} />
        <PageHeader title={calendarText.title} state={calendarText.state} />
        {!answered && <DoneNotice sentences={doneText} />}
      </div>
      {preview ? <Confirm preview={preview} /> : <AddDay answer={answer} />}
      <Section id="propios" title={calendarText.listTitle}>
        {rows.length === 0 ? (
          <EmptyState title={calendarText.emptyTitle}>{calendarText.empty}</EmptyState>
        ) : (
          <DataTable caption={calendarText.listCaption} columns={COLUMNS} rows={rows} rowKey={(row) => row.day} />
        )}
        <Pagination next={next} />
        <ListFiles list="own_days" />
      </Section>
    </VStack>
  )
}

function AddDay({ answer }: { answer: Answer | undefined }) {
  const field = fieldsOf('dia', answer, { kind: 'extra' })
  const kind = field('kind')
  return (
    <Section id="registrar" title={calendarText.addTitle}>
      <AdminForm code="dia" answer={answer} submit={calendarText.preview}>
        <NativeField {...field('day')} type="date" label={calendarText.day} />
        <RadioGroup legend={calendarText.kind} name="kind" defaultValue={kind.defaultValue} error={kind.error}>
          <Radio value="extra" id={kind.id}>
            {calendarText.kinds.extra}
          </Radio>
          <Radio value="removed">{calendarText.kinds.removed}</Radio>
        </RadioGroup>
        <TextField
          {...field('name')}
          label={calendarText.name}
          description={calendarText.nameHelp}
          autoComplete="off"
        />
        <TextField {...field('actReference')} label={calendarText.act} autoComplete="off" />
      </AdminForm>
    </Section>
  )
}

function Confirm({ preview }: { preview: Preview }) {
  const { kind, day, typed, moved } = preview
  const { formulario: _, ...hidden } = typed
  return (
    <section aria-labelledby="confirmar" className="card">
      <Heading level="2" size="medium" spacing id="confirmar">
        {calendarText.confirmTitle(day)}
      </Heading>
      <ConfirmForm
        hidden={{ ...hidden, formulario: kind === 'back' ? 'confirmar-retiro' : 'confirmar' }}
        submit={kind === 'back' ? calendarText.back : calendarText.register}
        cancelTo={ADDRESS}
      >
        <BodyLong>{calendarText.confirm[kind]}</BodyLong>
        <BodyLong>{moved.length === 0 ? calendarText.movedNone : calendarText.moved(moved.length)}</BodyLong>
        {moved.length > 0 && (
          <DataTable caption={calendarText.movedCaption} columns={MOVED} rows={moved} rowKey={(row) => row.termId} />
        )}
      </ConfirmForm>
    </section>
  )
}

const MOVED: Column<MovedTerm>[] = [
  {
    key: 'cycle',
    header: calendarText.cycle,
    rowHeader: true,
    cell: ({ cycleName, of }) =>
      cycleName ?? calendarText.noCycle['control' in of || 'review' in of ? 'risk' : 'request'],
  },
  { key: 'step', header: calendarText.step, cell: ({ of }) => calendarText.termOf(of) },
  { key: 'before', header: calendarText.before, cell: (row) => formatDay(row.before) },
  { key: 'after', header: calendarText.after, cell: (row) => formatDay(row.after) },
]

const COLUMNS: Column<CalendarDayLine>[] = [
  { key: 'day', header: calendarText.day, rowHeader: true, cell: (row) => formatDay(row.day) },
  { key: 'kind', header: calendarText.kind, cell: (row) => calendarText.kinds[row.kind] },
  { key: 'name', header: calendarText.name, cell: (row) => row.name },
  { key: 'act', header: calendarText.act, cell: (row) => row.actReference },
  {
    key: 'back',
    header: calendarText.back,
    cell: (row) => (row.past ? calendarText.past : <TakeBack day={row.day} />),
  },
]

function TakeBack({ day }: { day: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="formulario" value="retirar" />
      <Button type="submit" name="day" value={day} variant="tertiary" aria-label={calendarText.takeBack(day)}>
        {calendarText.back}
      </Button>
    </Form>
  )
}
