import { Alert, BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { formDefinition } from '../../../catalog/forms/index.ts'
import { withActor } from '../../../db/client.ts'
import { observationsFromEntries, readInput, VerdictInput } from '../../../domain/inputs.ts'
import type { StepCode } from '../../../domain/procedures.ts'
import { decideStep } from '../../commands/decide-step.server.ts'
import { errorOf, FormErrors, type ShownError } from '../../components/form-errors.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { PasswordField } from '../../components/reason-form.tsx'
import { StepChip } from '../../components/state-chip.tsx'
import { ChangesTable } from '../../components/step/changes-table.tsx'
import { Checklist } from '../../components/step/checklist.tsx'
import { ObservationsForm } from '../../components/step/observations-form.tsx'
import { Signatures } from '../../components/step/signatures.tsx'
import { Snapshot } from '../../components/step/snapshot.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { StepFigures } from '../../components/step/step-figures.tsx'
import { TermBox, TermMark } from '../../components/step/term-box.tsx'
import { WorkplaceLink } from '../../components/step/workplace-link.tsx'
import { changesSince, requireDecisionPage } from '../../pages/decision.server.ts'
import { stepFigures } from '../../pages/step-figures.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { decisionText } from '../../text/decisions.ts'
import { inputErrors } from '../../text/inputs.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  return [{ title: shellText.title(decisionText.title(page?.code ?? '')) }]
}

export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  const page = await withActor(context.db, actor, (trx) => requireDecisionPage(trx, actor, cycleId, code, context))
  const { figureGrounds, ...shown } = page
  return { ...shown, figures: await stepFigures(context, figureGrounds), asksPassword: !isProofRecent(actor) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const stepCode = requireStepCode(params.paso, context)
  const form = await request.formData()
  const given = decisionOf(form, cycleId, stepCode)
  const typed = Object.fromEntries(given.observations.map((one) => [one.section, one.body]))
  const again = (errors: ShownError[]) => data({ errors, typed, refusal: null, changes: [] }, { status: 422 })
  const read = readInput(VerdictInput, given)
  if (!read.ok) return again(inputErrors(read.errors, (path) => fieldOf(path, stepCode)))
  if (read.input.verdict === 'approve' && given.observations.length > 0)
    return again([{ field: fieldOf('observations', stepCode), message: decisionText.observationsNotSent }])
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return again([{ field: 'clave', message: proof.message }])
  try {
    const { actId } = await decideStep(context, proof.actor, read.input)
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure)
    const changes =
      refusal.code === 'content_changed'
        ? await withActor(context.db, actor, (trx) => changesSince(trx, cycleId, stepCode, read.input.versionId))
        : []
    return data({ errors: [], typed, refusal: refusal.sentence, changes }, { status: refusal.status })
  }
}

function decisionOf(form: FormData, cycleId: string, stepCode: StepCode) {
  const entries = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  return {
    cycleId,
    stepCode,
    versionId: form.get('version'),
    contentHash: form.get('huella'),
    verdict: form.get('verdict'),
    role: form.get('rol'),
    observations: observationsFromEntries(formDefinition(stepCode), entries),
  }
}

/** Input a fault belongs to; observations begin at the first group. */
function fieldOf(path: string, stepCode: StepCode): string {
  const { groups } = formDefinition(stepCode)
  const [name, index] = path.split('.')
  return name === 'observations' ? `observacion.${groups[Number(index) || 0]?.code}` : 'decision'
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
              <WorkplaceLink cycleId={page.cycle.id} code={page.code} />
              {frozen && decides && (
                <Button as="a" href="#decision" variant="secondary">
                  {decisionText.jump}
                </Button>
              )}
            </HStack>
          }
        />
        {answer?.refusal && <Refusal refusal={answer.refusal} changes={answer.changes} />}
        <FormErrors errors={answer?.errors} />
        {!decides && (
          <Alert variant="info">
            {`${decisionText.whyNot}. ${rights.approve.whyNot ?? ''} `}
            <Link to={page.base}>{decisionText.toStep}</Link>
          </Alert>
        )}
        {frozen && (
          <div className="step-columns">
            <VStack gap="space-24" className="step-columns__main">
              <SinceReturn page={page} />
              <section aria-labelledby="contenido-decidido">
                <Heading level="2" size="small" id="contenido-decidido" spacing>
                  {decisionText.snapshot}
                </Heading>
                <Snapshot html={frozen.snapshotHtml} />
              </section>
              <StepFigures figures={page.figures} />
              {decides && <Verdict page={page} errors={answer?.errors} typed={answer?.typed ?? {}} />}
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

function Refusal({ refusal, changes }: { refusal: string; changes: Parameters<typeof ChangesTable>[0]['changes'] }) {
  return (
    <Alert variant="warning" role="alert">
      <VStack gap="space-12">
        {refusal}
        {changes.length > 0 && (
          <>
            <BodyLong>{decisionText.changedIntro}</BodyLong>
            <ChangesTable caption={decisionText.changedTitle} changes={changes} />
          </>
        )}
      </VStack>
    </Alert>
  )
}

function SinceReturn({ page: { returned, groups } }: { page: Page }) {
  if (!returned) return null
  const titleOf = (section: string) => groups.find((group) => group.code === section)?.title ?? section
  return (
    <section className="card" aria-labelledby="cambios">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="cambios">
          {decisionText.changesTitle(returned.changes.length)}
        </Heading>
        <div>
          <BodyLong weight="semibold">{decisionText.lastObservations}</BodyLong>
          <ul className="observations">
            {returned.observations.map((one) => (
              <li key={`${one.section} ${one.body}`}>
                <strong>{titleOf(one.section)}</strong>
                <p className="typed">{one.body}</p>
              </li>
            ))}
          </ul>
        </div>
        {returned.changes.length === 0 ? (
          <BodyLong>{decisionText.changesSame}</BodyLong>
        ) : (
          <ChangesTable caption={decisionText.changesCaption} changes={returned.changes} />
        )}
      </VStack>
    </section>
  )
}

interface VerdictProps {
  page: Page
  errors: ShownError[] | undefined
  typed: Record<string, string>
}

/** One form with both verdicts: what is signed stands above the buttons, the password inside when it has to be given again. */
function Verdict({ page, errors, typed }: VerdictProps) {
  const { frozen, role, rights, statements } = page
  const busy = useNavigation().formAction !== undefined
  const wasReturning = (errors?.length ?? 0) > 0 && Object.keys(typed).length > 0
  const fault = errors?.find((error) => error.field.startsWith('observacion'))
  if (!frozen) return null
  return (
    <section className="card decision" id="decision" aria-labelledby="decision-titulo">
      <Form method="post" noValidate>
        <VStack gap="space-20">
          <Heading level="2" size="small" id="decision-titulo">
            {decisionText.verdict}
          </Heading>
          <input type="hidden" name="version" value={frozen.id} />
          <input type="hidden" name="huella" value={frozen.hash} />
          <input type="hidden" name="rol" value={role} />
          {rights.approve.may ? (
            <div className="statement">
              <BodyLong weight="semibold">{decisionText.statement}</BodyLong>
              <BodyLong>{statements.approve}</BodyLong>
            </div>
          ) : (
            <Alert variant="info" inline>
              {rights.approve.whyNot}
            </Alert>
          )}
          <details className="observe" open={wasReturning || fault !== undefined || !rights.approve.may}>
            <summary>{decisionText.observations}</summary>
            <VStack gap="space-16">
              <BodyLong>{decisionText.observationsHelp}</BodyLong>
              {fault && <p className="aksel-error-message aksel-label">{fault.message}</p>}
              <ObservationsForm groups={page.groups} typed={typed} />
              <BodyLong className="quiet">{`${decisionText.statementReturn} ${statements.return}`}</BodyLong>
            </VStack>
          </details>
          {page.asksPassword && <PasswordField error={errorOf(errors, 'clave')} />}
          <BodyLong className="quiet">{decisionText.signing}</BodyLong>
          <HStack gap="space-16" wrap>
            {rights.approve.may && (
              <Button type="submit" name="verdict" value="approve" loading={busy}>
                {decisionText.approve[role]}
              </Button>
            )}
            {rights.return.may && (
              <Button type="submit" name="verdict" value="return" variant="secondary" loading={busy}>
                {decisionText.returnLabel}
              </Button>
            )}
          </HStack>
        </VStack>
      </Form>
    </section>
  )
}
