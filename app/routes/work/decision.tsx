import { Alert, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listOpenDrifts } from '../../../db/drifts.ts'
import { decideStep, typedObjection } from '../../commands/decide-step.server.ts'
import { FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Protection } from '../../components/protection.tsx'
import { EarlierSnapshot } from '../../components/sources/columns-changed.tsx'
import { StepChip } from '../../components/state-chip.tsx'
import { Checklist } from '../../components/step/checklist.tsx'
import { DecisionRefused } from '../../components/step/decision-refused.tsx'
import { Signatures } from '../../components/step/signatures.tsx'
import { SinceReturn } from '../../components/step/since-return.tsx'
import { Snapshot } from '../../components/step/snapshot.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { StepFigures } from '../../components/step/step-figures.tsx'
import { TermBox, TermMark } from '../../components/step/term-box.tsx'
import { VerdictForm } from '../../components/step/verdict-form.tsx'
import { WorkplaceLinks } from '../../components/step/workplace-link.tsx'
import { changesSince, requireDecisionPage } from '../../pages/decision.server.ts'
import { stepFigures } from '../../pages/step-figures.server.ts'
import { readVerdict } from '../../pages/verdict-form.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { decisionText } from '../../text/decisions.ts'
import { refusalSentence } from '../../text/refusals.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  return [{ title: shellText.title(decisionText.title(page?.code ?? '')) }]
}

export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  const page = await withActor(context.db, actor, async (trx) => ({
    ...(await requireDecisionPage(trx, actor, cycleId, code, context)),
    waiting: code === '3' ? await listOpenDrifts(trx, cycleId) : [],
  }))
  const { figureGrounds, ...shown } = page
  return { ...shown, figures: await stepFigures(context, figureGrounds), asksPassword: !isProofRecent(actor) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const stepCode = requireStepCode(params.paso, context)
  const form = await request.formData()
  const read = readVerdict(form, cycleId, stepCode)
  const { typed } = read
  const ticked = form.get('digitadas') === 'si'
  const again = (errors: ShownError[]) => data({ errors, typed, ticked, refusal: null, changes: [] }, { status: 422 })
  if (!read.ok) return again(read.errors)
  const unread = await withActor(context.db, actor, (trx) => typedObjection(trx, read.input))
  const proof = await provedBy(request, context, actor, form)
  if (unread || !proof.ok)
    return again([
      ...(unread ? [{ field: 'digitadas', message: refusalSentence(unread.code) }] : []),
      ...(proof.ok ? [] : [{ field: 'clave', message: proof.message }]),
    ])
  try {
    const { actId } = await decideStep(context, proof.actor, read.input)
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    const changes =
      refusal.code === 'content_changed'
        ? await withActor(context.db, actor, (trx) => changesSince(trx, cycleId, stepCode, read.input.versionId))
        : []
    return data({ errors: [], typed, ticked, refusal: refusal.sentence, changes }, { status: refusal.status })
  }
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function Decision() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { frozen, rights } = page
  const decides = rights.approve.may || rights.return.may
  return (
    <>
      <StepCrumbs cycle={page.cycle} code={page.code} here={decisionText.crumb} />
      <VStack gap="space-24">
        <PageHeader
          title={decisionText.title(page.code)}
          chips={
            <HStack gap="space-12" align="center" wrap>
              <StepChip status={page.status} />
              <TermMark term={page.term} />
              {frozen && (
                <span>
                  {decisionText.contentHash} <HashShort hash={frozen.hash} copy />
                </span>
              )}
            </HStack>
          }
          state={frozen ? stateOf(page, decides) : decisionText.nothing}
          action={
            <HStack gap="space-16" wrap>
              <WorkplaceLinks cycleId={page.cycle.id} code={page.code} />
              {frozen && decides && (
                <Button as="a" href="#decision" variant="secondary">
                  {decisionText.jump}
                </Button>
              )}
            </HStack>
          }
        />
        {answer?.refusal && (
          <DecisionRefused
            refusal={answer.refusal}
            changes={answer.changes}
            lost={decides ? [] : Object.values(answer.typed)}
          />
        )}
        <FormErrors errors={answer?.errors} />
        {!decides && (
          <Alert variant="info">
            {`${decisionText.whyNot}. ${rights.approve.whyNot ?? ''} `}
            <Link to={page.base}>{decisionText.toStep}</Link>
          </Alert>
        )}
        <EarlierSnapshot cycleId={page.cycle.id} waiting={page.waiting} />
        {frozen && (
          <div className="step-columns">
            <VStack gap="space-24" className="step-columns__main">
              {page.returned && <SinceReturn returned={page.returned} groups={page.groups} />}
              <section aria-labelledby="contenido-decidido">
                <Heading level="2" size="small" id="contenido-decidido" spacing>
                  {decisionText.snapshot}
                </Heading>
                <Snapshot html={frozen.snapshotHtml} />
              </section>
              <StepFigures figures={page.figures} />
              {page.protection && <Protection protection={page.protection} />}
              {decides && (
                <VerdictForm
                  {...page}
                  frozen={frozen}
                  errors={answer?.errors}
                  typed={answer?.typed ?? {}}
                  ticked={answer?.ticked ?? false}
                />
              )}
            </VStack>
            <aside className="step-columns__side" aria-label={decisionText.crumb}>
              <Signatures lines={page.signatures} actsAt={`/ejercicios/${page.cycle.id}/actos`} />
              {page.progress && <Checklist progress={page.progress} />}
              <TermBox term={page.term} />
            </aside>
          </div>
        )}
      </VStack>
    </>
  )
}

function stateOf({ frozen, role, rights, term }: Page, decides: boolean): string {
  if (!frozen) return ''
  const content = `${decisionText.content(frozen.n, frozen.frozenBy, frozen.frozenAt)}.`
  const until = term && term.daysLeft !== null ? decisionText.until(term.dueDate, term.daysLeft) : ''
  const yours = rights.approve.may ? decisionText.state[role] : decisionText.onlyReturn
  return [content, decides && yours, until].filter(Boolean).join(' ')
}
