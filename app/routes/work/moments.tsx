import { Button, Select, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { requireMomentsPage } from '../../pages/moments.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import { momentsText as words } from '../../text/moments.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const search = new URL(request.url).searchParams
  const asked = { from: search.get('desde'), to: search.get('hasta') }
  return await withActor(context.db, actor, (trx) => requireMomentsPage(trx, cycleId, asked, context))
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** A cycle at two moments of its history: how each step stood, and the way to what changed in its content. */
export default function Moments() {
  const { cycle, moments, from, to, steps } = useLoaderData<typeof loader>()
  const isSame = from === to
  return (
    <VStack gap="space-24">
      <div>
        <CycleCrumbs cycle={cycle} crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={isSame ? words.same : words.state(steps.filter((step) => step.isChanged).length)}
        />
      </div>
      <Choice {...{ moments, from, to }} />
      {!isSame && (
        <Section id="pasos" title={words.steps}>
          <DataTable
            caption={words.stepsCaption}
            hideCaption
            columns={columnsOf(cycle.id)}
            rows={steps}
            rowKey={({ code }) => code}
          />
        </Section>
      )}
    </VStack>
  )
}

/** Any two moments; the address says which, so that it can be sent to somebody. */
function Choice({ moments, from, to }: Pick<Page, 'moments' | 'from' | 'to'>) {
  const options = moments.map(({ id, words: moment }) => (
    <option key={id} value={id}>
      {moment}
    </option>
  ))
  return (
    <Form method="get" className="no-print reading-wide" key={`${from} ${to}`}>
      <VStack gap="space-16" align="start">
        <Select name="desde" label={words.from} size="small" defaultValue={from}>
          {options}
        </Select>
        <Select name="hasta" label={words.to} size="small" defaultValue={to}>
          {options}
        </Select>
        <Button type="submit" size="small">
          {words.show}
        </Button>
      </VStack>
    </Form>
  )
}

type Step = Page['steps'][number]

function columnsOf(cycleId: string): Column<Step>[] {
  const then = (code: string, one: Step['before']) =>
    one ? (
      <>
        <span className="quiet block">{formatInstant(one.at)}</span> {one.sentence}{' '}
        {one.version && (
          <Link to={`/ejercicios/${cycleId}/pasos/${code}/versiones/${one.version.id}`}>
            {words.version(one.version.n)}
          </Link>
        )}
      </>
    ) : (
      words.notBegun
    )
  return [
    { key: 'paso', header: words.step, rowHeader: true, cell: ({ code, title }) => `${code}. ${title}` },
    { key: 'antes', header: words.before, cell: ({ code, before }) => then(code, before) },
    { key: 'despues', header: words.after, cell: ({ code, after }) => then(code, after) },
    { key: 'contenido', header: words.content, cell: (step) => <Content {...step} cycleId={cycleId} /> },
  ]
}

/** Whether a step has another content: the page of changes shows what changed in it. */
function Content({ cycleId, code, before, after }: Step & { cycleId: string }) {
  const [was, now] = [before?.version ?? null, after.version]
  if (was?.id === now?.id) return words.equal
  if (!was || !now) return words.firstSent
  const compared = new URLSearchParams({ desde: was.id, hasta: now.id })
  return (
    <Link to={`/ejercicios/${cycleId}/pasos/${code}/cambios?${compared}`}>{words.compareVersions(was.n, now.n)}</Link>
  )
}
