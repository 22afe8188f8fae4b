import { Alert, BodyShort, Button, Heading, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useLocation, useNavigation } from '@remix-run/react'
import { listOwnUnsettled } from '../../../db/act-pages.ts'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listVigencias } from '../../../db/cycle-pages.ts'
import { countInbox, type InboxFilters, type InboxLine, listInbox } from '../../../db/inbox.ts'
import { entityCalendar } from '../../../db/terms.ts'
import { type Calendar, isCivilDate } from '../../../domain/calendar.ts'
import { groupInbox, type InboxGroup } from '../../../domain/inbox.ts'
import { STEP_CODES } from '../../../domain/procedures.ts'
import { termChip, workingDaysLeft } from '../../../domain/terms.ts'
import { claimTask, releaseTask } from '../../commands/claim-task.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { OwnActs } from '../../components/own-acts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { TermChip } from '../../components/state-chip.tsx'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatDay, formatDaysLeft, formatNumber } from '../../text/format.ts'
import { inboxText } from '../../text/inbox.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(inboxText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { searchParams } = new URL(request.url)
  const filters = filtersOf(searchParams)
  const { entityId, personId, position } = actor
  const reader = { entityId, personId, positionId: position.id, duty: position.duty, kind: position.kind }
  return await withActor(context.db, actor, async (trx) => {
    const page = await listInbox(trx, reader, filters, searchParams.get('desde'))
    const calendar = await entityCalendar(trx, entityId)
    return {
      position: position.name,
      personId,
      filters,
      isFiltered: Object.keys(filters).length > 0,
      counts: await countInbox(trx, reader, filters),
      groups: groupInbox(
        page.rows.map((line) => shownLine(line, calendar)),
        appToday(),
      ).filter(({ lines }) => lines.length > 0),
      next: page.next,
      vigencias: await listVigencias(trx),
      ownActs: await listOwnUnsettled(trx, personId),
    }
  })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const form = await request.formData()
  const task = requireId(String(form.get('tarea') ?? ''), context)
  try {
    await (form.get('intent') === 'liberar' ? releaseTask : claimTask)(context, actor, task)
  } catch (failure) {
    const refusal = shownRefusal(failure)
    return data({ refusal: refusal.sentence }, { status: refusal.status })
  }
  const { pathname, search } = new URL(request.url)
  return redirect(`${pathname}${search}`)
}

const STATES = { mias: 'mine', libres: 'free', asignadas: 'claimed' } as const
const GROUPS = { vencido: 'overdue', hoy: 'today', semana: 'week', despues: 'later' } as const

/** Filters as the address carries them; what does not fit is left out. */
function filtersOf(search: URLSearchParams): InboxFilters {
  const step = STEP_CODES.find((code) => code === search.get('paso'))
  const state = STATES[search.get('asignacion') as keyof typeof STATES]
  const group = GROUPS[search.get('grupo') as keyof typeof GROUPS]
  const vigencia = /^20\d\d$/.test(search.get('vigencia') ?? '') ? Number(search.get('vigencia')) : undefined
  const [dueFrom, dueTo] = ['vence-desde', 'vence-hasta'].map((name) => search.get(name) ?? '')
  return {
    ...(step && { step }),
    ...(state && { state }),
    ...(group && { group }),
    ...(vigencia && { vigencia }),
    ...(dueFrom && isCivilDate(dueFrom) && { dueFrom }),
    ...(dueTo && isCivilDate(dueTo) && { dueTo }),
  }
}

function shownLine(line: InboxLine, calendar: Calendar) {
  const { dueDate } = line
  const today = appToday()
  return {
    ...line,
    chip: dueDate ? termChip(dueDate, today, calendar) : null,
    daysLeft: dueDate ? workingDaysLeft(dueDate, today, calendar) : null,
  }
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>
type Line = Data['groups'][number]['lines'][number]

export default function Inbox() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const total = page.counts.more ? formatNumber(page.counts.total - 1) : formatNumber(page.counts.total)
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: inboxText.title }]} />
        <PageHeader title={`${inboxText.title} (${total})`} state={inboxText.intro} />
      </div>
      {answer?.refusal && (
        <Alert variant="warning" role="alert">
          {answer.refusal}
        </Alert>
      )}
      <OwnActs acts={page.ownActs} />
      <Filters page={page} />
      {page.groups.length === 0 && <Nothing isFiltered={page.isFiltered} />}
      {page.groups.map(({ group, lines }) => (
        <Group key={group} group={group} lines={lines} page={page} />
      ))}
      <Pagination next={page.next} />
    </VStack>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <BodyShort>{inboxText.nothingMatches}</BodyShort>
  return (
    <EmptyState
      title={inboxText.empty.title}
      action={
        <Button as={Link} to="/ejercicios" variant="secondary">
          {inboxText.empty.action}
        </Button>
      }
    >
      {inboxText.empty.message}
    </EmptyState>
  )
}

function Group({ group, lines, page }: { group: InboxGroup; lines: Line[]; page: Data }) {
  return (
    <section aria-labelledby={`grupo-${group}`}>
      <Heading level="2" size="small" id={`grupo-${group}`} spacing>
        {inboxText.heading(group, page.counts[group], page.counts.more && group === 'later')}
      </Heading>
      <ul className="inbox">
        {lines.map((line) => (
          <InboxRow key={line.id} line={line} page={page} />
        ))}
      </ul>
    </section>
  )
}

function InboxRow({ line, page }: { line: Line; page: Data }) {
  return (
    <li className="inbox__line">
      <div className="inbox__what">
        <Link to={placeOf(line)}>{inboxText.line(line.kind, line.stepCode, line.cycleName)}</Link>
        <span className="quiet">{inboxText.why(line.why, page.position)}</span>
      </div>
      <div className="inbox__due">
        {line.chip && <TermChip state={line.chip} />}
        <span>
          {line.dueDate && line.daysLeft !== null
            ? `${formatDay(line.dueDate)} · ${formatDaysLeft(line.daysLeft)}`
            : inboxText.noTerm}
        </span>
      </div>
      <Claim line={line} personId={page.personId} />
    </li>
  )
}

function placeOf({ kind, cycleId, stepCode }: Line): string {
  const step = `/ejercicios/${cycleId}/pasos/${stepCode}`
  if (kind === 'elaborate') return step
  return kind === 'decide_reopening' ? `${step}/reabrir` : `${step}/revision`
}

function Claim({ line, personId }: { line: Line; personId: string }) {
  const { search } = useLocation()
  const busy = useNavigation().formData?.get('tarea') === line.id
  const isMine = line.claimedById === personId
  if (line.claimedById && !isMine)
    return <span className="inbox__claim quiet">{inboxText.claimedBy(line.claimedBy ?? '')}</span>
  const name = inboxText.line(line.kind, line.stepCode, line.cycleName)
  const words = isMine ? inboxText.release : inboxText.claim
  return (
    <Form method="post" action={`/bandeja${search}`} className="inbox__claim" preventScrollReset>
      <input type="hidden" name="tarea" value={line.id} />
      <Button
        type="submit"
        name="intent"
        value={isMine ? 'liberar' : 'asignar'}
        variant="tertiary"
        size="small"
        loading={busy}
        aria-label={`${words}: ${name}`}
      >
        {words}
      </Button>
    </Form>
  )
}

function Filters({ page }: { page: Data }) {
  const { filters, vigencias } = page
  const words = inboxText.filters
  const stateOf = Object.entries(STATES).find(([, state]) => state === filters.state)?.[0] ?? ''
  return (
    <details className="filters no-print" open={page.isFiltered}>
      <summary>{words.label}</summary>
      <Form method="get" key={JSON.stringify(filters)}>
        <HStack gap="space-16" align="end" wrap>
          <Select label={words.step} name="paso" size="small" defaultValue={filters.step ?? ''}>
            <option value="">{words.allSteps}</option>
            {STEP_CODES.map((code) => (
              <option key={code} value={code}>
                {`${words.step} ${code}`}
              </option>
            ))}
          </Select>
          <Select label={words.state} name="asignacion" size="small" defaultValue={stateOf}>
            <option value="">{words.states.any}</option>
            {Object.entries(STATES).map(([value, state]) => (
              <option key={value} value={value}>
                {words.states[state]}
              </option>
            ))}
          </Select>
          <Select label={words.vigencia} name="vigencia" size="small" defaultValue={filters.vigencia ?? ''}>
            <option value="">{words.allVigencias}</option>
            {vigencias.map((vigencia) => (
              <option key={vigencia}>{vigencia}</option>
            ))}
          </Select>
          <DayFilter label={words.dueFrom} name="vence-desde" value={filters.dueFrom} />
          <DayFilter label={words.dueTo} name="vence-hasta" value={filters.dueTo} />
          <Button type="submit" variant="secondary" size="small">
            {words.apply}
          </Button>
          {page.isFiltered && (
            <Button as={Link} to="/bandeja" variant="tertiary" size="small">
              {words.clear}
            </Button>
          )}
        </HStack>
      </Form>
    </details>
  )
}

function DayFilter({ label, name, value }: { label: string; name: string; value?: string }) {
  return <TextField label={label} name={name} type={'date' as 'text'} size="small" defaultValue={value} />
}
