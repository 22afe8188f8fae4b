import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import type { CrosswalkProblem } from '../../../domain/crosswalks.ts'
import { isId } from '../../../domain/ids.ts'
import { typedOf } from '../../administration.server.ts'
import { invalid, notFound } from '../../answer.server.ts'
import { decideCrosswalk } from '../../commands/decide-crosswalk.server.ts'
import { proposeCrosswalk } from '../../commands/propose-crosswalk.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { CrosswalkTable, DecideCrosswalk } from '../../components/variables/decide-crosswalk.tsx'
import { ProposeCrosswalk } from '../../components/variables/propose-crosswalk.tsx'
import type { AppContext } from '../../context.server.ts'
import { loadCrosswalk, readConversion, readPairs } from '../../pages/crosswalk.server.ts'
import { provedBy } from '../../prove.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { variablesText, crosswalkText as words } from '../../text/variables.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.name) : words.crumb) },
]

/** Beside which field a problem is told; the note closes the form. */
const FIELDS: Partial<Record<CrosswalkProblem['code'], string>> = {
  ...{ amount_invalid: 'antes', conversion_missing: 'antes', conversion_idle: 'ahora', offset_invalid: 'suma' },
}
const fieldOf = ({ code }: CrosswalkProblem) => `propuesta-${FIELDS[code] ?? 'note'}`

/** Number of the newer of the two versions; an address that names none is a page that is not there. */
function versionOf(value: string | undefined, context: AppContext): number {
  if (!/^[1-9]\d{0,5}$/.test(value ?? '')) throw notFound(context.requestId)
  return Number(value)
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadCrosswalk(context, actor, params.codigo ?? '', versionOf(params.version, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const [code, to] = [params.codigo ?? '', versionOf(params.version, context)]
  const form = await request.formData()
  const typed = typedOf(form)
  const back = (done: string) => redirect(`/variables/${code}/correspondencia/${to}?hecho=${done}`)
  if (typed.formulario !== 'decision') {
    const [pairs, conversion] = [readPairs(form), readConversion(form)]
    const proposal = { code, from: to - 1, pairs, conversion, note: typed.note ?? '' }
    const answer = await proposeCrosswalk(context, actor, proposal)
    if ('proposed' in answer) return back('propuesta')
    const errors = answer.problems.map((problem) => ({ field: fieldOf(problem), message: words.problem(problem) }))
    return data({ errors, values: typed, pairs }, { status: 422 })
  }
  const verdict = typed.verdict === 'return' ? 'return' : 'approve'
  const observation = (typed.observation ?? '').trim()
  if (!isId(typed.tabla)) throw notFound(context.requestId)
  if (verdict === 'return' && observation === '')
    return invalid([{ field: 'decision-observation', message: words.observationMissing }], typed)
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return invalid([{ field: 'decision-clave', message: proof.message }], typed)
  await decideCrosswalk(context, proof.actor, { code, crosswalkId: typed.tabla, verdict, observation })
  return back(verdict === 'return' ? 'devuelta' : 'aprobada')
}

/** One break of a series and the table of correspondence across it, from its proposal to its decision. */
export default function CrosswalkPage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { code, name, from, to, changes, reason, refusal, standing, returned, form, mayDecide, whyNot } = page
  const crumbs = [
    { label: variablesText.title, to: '/variables' },
    { label: name, to: `/variables/${code}` },
    { label: words.crumb },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={words.title(name)} state={page.state} />
        <DoneNotice sentences={words.done} />
      </div>
      <Section id="cambio" title={words.what}>
        <ul className="reading">
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        {reason && <BodyLong className="reading">{words.reason(reason)}</BodyLong>}
        {refusal && <BodyLong className="reading">{refusal}</BodyLong>}
        {returned && !standing && (
          <Alert variant="warning" className="reading">
            {returned}
          </Alert>
        )}
      </Section>
      {standing && <CrosswalkTable from={from} to={to} crosswalk={standing} />}
      {standing && mayDecide && <DecideCrosswalk id={standing.id} asksPassword={page.asksPassword} answer={answer} />}
      {form && <ProposeCrosswalk form={form} answer={answer} />}
      {whyNot && <BodyLong className="reading">{whyNot}</BodyLong>}
    </VStack>
  )
}
