import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { OutcomeChip } from '../../components/state-chip.tsx'
import { loadWorkflowHistory } from '../../pages/workflow-history.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber, formatSecond } from '../../text/format.ts'
import { partsText } from '../../text/parts.ts'
import { shellText } from '../../text/shell.ts'
import { workflowHistoryText as words } from '../../text/workflow-history.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadWorkflowHistory(context, actor, new URL(request.url).searchParams)
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** What Temporal keeps of the workflows behind a page: by names, times and results; no content. */
export default function Workflows() {
  const { kind, way, flows, flowsBefore, flowsAfter, missing, events, next, first } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[...way, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={words.intro}
          action={
            <Button as={Link} to={way.at(-1)?.to ?? '/inicio'} variant="secondary">
              {words.back[kind]}
            </Button>
          }
        />
      </div>
      {(flows.length > 1 || flowsBefore) && (
        <Section id="flujos" title={words.flows}>
          <ul className="links">
            {flows.map(({ name, to, isShown }) => (
              <li key={to}>
                <Link to={to} aria-current={isShown ? 'page' : undefined}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
          <Pages
            label={words.flowPages}
            before={{ label: words.flowsBefore, to: flowsBefore }}
            after={{ label: words.flowsAfter, to: flowsAfter }}
          />
        </Section>
      )}
      {flows.length === 0 && <BodyLong>{words.none}</BodyLong>}
      {missing && <Alert variant="info">{words[missing]}</Alert>}
      {events.length > 0 && (
        <DataTable
          caption={flows.find(({ isShown }) => isShown)?.name ?? words.caption}
          columns={COLUMNS}
          rows={events}
          rowKey={({ n }) => String(n)}
        />
      )}
      <Pages
        label={partsText.pages}
        before={{ label: words.first, to: first }}
        after={{ label: words.next, to: next }}
      />
    </VStack>
  )
}

/** `to`: null where there is no such page. */
interface Way {
  label: string
  to: string | null
}

function Pages({ label, before, after }: { label: string; before: Way; after: Way }) {
  if (!before.to && !after.to) return null
  return (
    <nav className="pagination" aria-label={label}>
      {before.to && (
        <Button as={Link} variant="tertiary" to={before.to}>
          {before.label}
        </Button>
      )}
      {after.to && (
        <Button as={Link} variant="secondary" to={after.to}>
          {after.label}
        </Button>
      )}
    </nav>
  )
}

const COLUMNS: Column<Page['events'][number]>[] = [
  { key: 'numero', header: words.n, cell: ({ n }) => formatNumber(n), rowHeader: true },
  { key: 'cuando', header: words.at, cell: ({ at }) => formatSecond(at) },
  {
    key: 'hecho',
    header: words.what,
    cell: ({ what, code, act, otherRun }) => (
      <>
        {what} <code className="quiet block">{code}</code>
        {act && <Link to={act}>{words.act}</Link>} {otherRun && <Link to={otherRun}>{words.otherRun}</Link>}
      </>
    ),
  },
  { key: 'nombre', header: words.name, cell: ({ name }) => name && <code>{name}</code> },
  { key: 'resultado', header: words.result, cell: ({ outcome }) => outcome && <OutcomeChip outcome={outcome} /> },
]
