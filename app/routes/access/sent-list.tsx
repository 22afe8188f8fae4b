import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { askAccessList } from '../../commands/ask-access-list.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RowChip } from '../../components/state-chip.tsx'
import { loadAccessList } from '../../pages/access-lists.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText, grantText } from '../../text/access.ts'
import { accessListText as words } from '../../text/access-lists.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.reviewTitle) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAccessList(context, actor, requireId(params.lista, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const listId = requireId(params.lista, context)
  await askAccessList(context, actor, listId)
  return redirect(`/accesos/solicitudes/lista/${listId}`)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** What will become of each row of a list, and afterwards what did. */
export default function SentList() {
  const { list, rows, ready, fix, asked, refused, pending } = useLoaderData<typeof loader>()
  const isAsked = list.askedAt !== null
  const { facts } = words
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: accessText.title, to: '/accesos' },
            { label: words.title, to: '/accesos/solicitudes/lista' },
            { label: words.reviewTitle },
          ]}
        />
        <PageHeader
          title={words.reviewTitle}
          state={isAsked ? words.doneState(asked, refused, pending) : words.reviewState(ready, fix)}
        />
      </div>
      <Facts
        facts={[
          [facts.radicado, grantText.radicadoOf(list.radicado, list.radicadoOn)],
          [facts.received, words.at(list.receivedAt)],
          ...(list.askedAt === null ? [] : ([[facts.asked, words.at(list.askedAt)]] as [string, string][])),
        ]}
      />
      <Next list={list} ready={ready} pending={pending} />
      <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={({ n }) => String(n)} />
      <ListFiles list="access_list_rows" of={{ lista: list.id }} />
    </VStack>
  )
}

/** The one thing to do now: ask, go on, or send another. */
function Next({ list, ready, pending }: Pick<Loaded, 'list' | 'ready' | 'pending'>) {
  const isAsked = list.askedAt !== null
  if (isAsked && pending === 0) return <BodyLong className="reading">{words.whatNext}</BodyLong>
  if (!isAsked && ready === 0)
    return (
      <>
        <Alert variant="warning" className="reading">
          {words.noneReady}
        </Alert>
        <div>
          <Button as={Link} to="/accesos/solicitudes/lista">
            {words.again}
          </Button>
        </div>
      </>
    )
  return (
    <ConfirmForm
      hidden={{}}
      submit={isAsked ? words.goOn : words.confirm(ready)}
      cancelTo={isAsked ? '/accesos' : '/accesos/solicitudes/lista'}
    >
      <BodyLong className="reading">{words.confirmHelp}</BodyLong>
    </ConfirmForm>
  )
}

const COLUMNS: Column<Loaded['rows'][number]>[] = [
  { key: 'line', header: words.headers.line, numeric: true, cell: ({ line }) => line },
  {
    key: 'person',
    header: words.headers.person,
    rowHeader: true,
    cell: ({ personName, who }) => personName ?? words.nobody(who),
  },
  {
    key: 'point',
    header: words.headers.point,
    cell: ({ point, form }) => (
      <>
        <span className="typed">{point}</span>
        <span className="quiet block typed">{form}</span>
      </>
    ),
  },
  {
    key: 'days',
    header: words.headers.days,
    cell: ({ startsOn, endsOn }) => accessText.typedDays(startsOn, endsOn),
  },
  {
    key: 'result',
    header: words.headers.result,
    cell: ({ state, why, grantId, grantCode }) => (
      <>
        <RowChip state={state} />
        {why && <span className="block">{why}</span>}
        {grantId && (
          <Link className="block nowrap" to={`/accesos/${grantId}`} aria-label={words.open(grantCode ?? '')}>
            {grantCode}
          </Link>
        )}
      </>
    ),
  },
]
