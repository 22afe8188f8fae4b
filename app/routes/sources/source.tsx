import { Alert, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { appToday } from '../../../db/clock.ts'
import { freshnessOfSource } from '../../../domain/freshness.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Continuation } from '../../components/sources/continuation.tsx'
import { Contract } from '../../components/sources/contract.tsx'
import { Detach } from '../../components/sources/detach.tsx'
import { FileHistory } from '../../components/sources/file-history.tsx'
import { WorkNow } from '../../components/sources/work-now.tsx'
import { loadSource, previewOf, stateOf } from '../../pages/source.server.ts'
import { act } from '../../pages/source-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { outsideFailure, outsideText } from '../../text/connections.ts'
import { importFailure } from '../../text/file-refusals.ts'
import { profileText } from '../../text/profile.ts'
import { shellText } from '../../text/shell.ts'
import { sourcesText, sourceText } from '../../text/sources.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.source.name ?? sourcesText.title) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const page = await loadSource(context, actor, requireId(params.ejercicio, context), requireId(params.fuente, context))
  const { cycle: _, remembered: _remembered, imports, fetch, ...shown } = page
  const search = new URL(request.url).searchParams
  const state = stateOf(imports, fetch, search.get('corregir'))
  const preview =
    state.toConfirm && page.whyNot === null ? await previewOf(context, actor, page, state.toConfirm) : null
  const isSame = search.has('mismo')
  const freshness = freshnessOfSource(page.source, appToday())
  return {
    ...shown,
    ...state,
    preview,
    isSame,
    lastFetch: fetch?.importId ? { status: fetch.status, settledAt: fetch.settledAt } : null,
    freshness,
    history: imports.filter((one) => one.failureCode !== 'replaced'),
  }
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const target = { cycleId: requireId(params.ejercicio, context), sourceId: requireId(params.fuente, context) }
  const done = await act(context, actor, request, target)
  return typeof done === 'string' ? redirect(done) : done
}

export default function Source() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { cycleId, cycleName, source, whyNot, now, failed, fetchFailed, lastFetch } = loaded
  const home = `/ejercicios/${cycleId}`
  const here = `${home}/fuentes/${source.id}`
  const mayChange = whyNot === null
  const personKey = loaded.done?.mapping.find(({ code }) => code === source.personKey)?.label ?? source.personKey
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs
          cycle={{ id: cycleId, name: cycleName }}
          crumbs={[{ label: sourcesText.title, to: `${home}/fuentes` }, { label: source.name }]}
        />
        <PageHeader
          title={source.name}
          state={stateWords(now, source.rows, loaded.isApproved)}
          action={
            loaded.mayAnalyse && loaded.isApproved && source.snapshotHash ? (
              <Button as={Link} to={`${home}/analisis?fuente=${source.id}`}>
                {sourceText.toAnalysis}
              </Button>
            ) : now === 'done' && mayChange ? (
              <Button as={Link} to={`${home}/pasos/3#fuentes`}>
                {sourceText.nextStep}
              </Button>
            ) : null
          }
        />
        {whyNot && <p className="reading quiet">{`${sourcesText.notNow} ${whyNot}`}</p>}
      </div>
      {loaded.isSame && <Alert variant="info">{sourceText.same}</Alert>}
      {lastFetch?.status === 'same' && <Alert variant="info">{outsideText.same}</Alert>}
      {fetchFailed && (
        <Alert variant={fetchFailed.status === 'cancelled' ? 'info' : 'error'}>
          {outsideFailure(fetchFailed.failureCode, fetchFailed.failureFacts)}
        </Alert>
      )}
      {failed && (
        <Alert variant={failed.status === 'cancelled' ? 'info' : 'error'}>
          {importFailure(failed.failureCode, failed.failureFacts)}
        </Alert>
      )}
      {loaded.continuable && <Continuation continues={source.continues} continuable={loaded.continuable} />}
      <WorkNow
        {...loaded}
        origin={source.origin}
        continues={source.continues}
        here={here}
        mayChange={mayChange}
        answer={answer}
      />
      {loaded.mayAnalyse && source.snapshotHash && (
        <ul className="links">
          <li>
            <Link to={`${here}/perfil`}>{profileText.link}</Link>
          </li>
        </ul>
      )}
      <Contract
        source={source}
        personKey={personKey}
        freshness={loaded.freshness}
        lastFetch={lastFetch?.settledAt ?? null}
        mayChange={mayChange}
      />
      <FileHistory files={loaded.history} />
      {mayChange && !loaded.underWay && !loaded.fetching && <Detach here={here} />}
    </VStack>
  )
}

function stateWords(now: ReturnType<typeof stateOf>['now'], rows: number | null, isApproved: boolean): string {
  if (now === 'fetching') return outsideText.fetching
  return now === 'done' ? sourceText.state.done(rows ?? 0, isApproved) : sourceText.state[now]
}
