import { Alert, BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import {
  Form,
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useNavigation,
} from '@remix-run/react'
import { statementOf } from '../../../catalog/statements.ts'
import { withActor } from '../../../db/client.ts'
import { findStepContext } from '../../../db/step-context.ts'
import { flattenForReview } from '../../../domain/forms.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { SubmissionInput } from '../../../domain/inputs.ts'
import { missingIn } from '../../../domain/readiness.ts'
import { notFound } from '../../answer.server.ts'
import { submitStep } from '../../commands/submit-step.server.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { OpenProposals } from '../../components/report/open-proposals.tsx'
import { AnswersList } from '../../components/step/answers-list.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { openProposalsOf } from '../../pages/proposals.server.ts'
import { requireStepHead } from '../../pages/step-head.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { reportObjection } from '../../report-safety.server.ts'
import { requireActor } from '../../session.server.ts'
import { attachmentsText } from '../../text/attachments.ts'
import { listed } from '../../text/cycles.ts'
import { dutyName } from '../../text/duties.ts'
import { gapSentence } from '../../text/gaps.ts'
import { sentenceOf } from '../../text/refusals.ts'
import { shellText } from '../../text/shell.ts'
import { reviewText } from '../../text/steps.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(reviewText.title) }]

/** Any other no leaves nothing to send here, and reading again would lead away from its sentence. */
export const shouldRevalidate: ShouldRevalidateFunction = (about) =>
  about.actionResult?.code === 'draft_changed' ? readAgainAfterNo(about) : about.defaultShouldRevalidate

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  const page = await withActor(context.db, actor, async (trx) => {
    const head = await requireStepHead(trx, actor, cycleId, code, context)
    const step = await findStepContext(trx, cycleId, code)
    if (!step) throw notFound(context.requestId)
    // Only an open step of theirs has something to review; any other has its page.
    if (!head.rights.submit.may) throw redirect(head.base)
    const called = actor.entity.dutyNames
    const { definition, draft, options, readiness, template } = step
    return {
      ...head,
      rev: draft.rev,
      lines: flattenForReview(definition, draft.answers, options),
      missing: missingIn(code, draft.answers, readiness, definition.version).map((gap) => ({
        path: gap.path,
        sentence: gapSentence(gap),
      })),
      proposals: code === '6' ? await openProposalsOf(trx, step) : [],
      files: step.attachments.map(({ id, name }) => ({ id, name })),
      statement: statementOf('submit', 'author'),
      next: listed(
        (template.reviewers.length > 0 ? template.reviewers : template.approvers.map(({ duty }) => duty)).map((duty) =>
          dutyName(duty, called),
        ),
      ),
    }
  })
  // Nobody waits for it before there is something to send.
  const about = { cycleId, stepCode: code, action: 'submit' } as const
  const against = page.missing.length === 0 ? await reportObjection(context, actor, about) : null
  return { ...page, unsafe: sentenceOf(against, actor) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const form = await request.formData()
  const read = readInput(SubmissionInput, {
    cycleId,
    stepCode: requireStepCode(params.paso, context),
    draftRev: form.get('rev'),
  })
  if (!read.ok) return data({ refusal: reviewText.changedMeanwhile }, { status: 422 })
  try {
    const { actId } = await submitStep(context, actor, read.input)
    return redirect(`/ejercicios/${cycleId}/actos/${actId}`)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    // Whoever may not send has nothing on this page to come back to.
    if (refusal.status === 403) throw failure
    return data({ refusal: refusal.sentence, code: refusal.code }, { status: refusal.status })
  }
}

export default function StepAnswers() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().formAction !== undefined
  const isComplete = page.missing.length === 0
  return (
    <>
      <StepCrumbs cycle={page.cycle} code={page.code} here={reviewText.crumb} />
      <VStack gap="space-24" className="reading-wide">
        <PageHeader title={reviewText.title} state={reviewText.state(page.code)} />
        {answer?.refusal && (
          <Alert variant="warning" role="alert">
            {answer.refusal}
          </Alert>
        )}
        {page.unsafe && !answer?.refusal && <Alert variant="warning">{page.unsafe}</Alert>}
        {!isComplete && <Incomplete page={page} />}
        <OpenProposals cycleId={page.cycle.id} proposals={page.proposals} isWarning />
        <AnswersList lines={page.lines} changeAt={page.base} />
        {page.files.length > 0 && (
          <section className="card">
            <strong>{attachmentsText.title}</strong>
            <ul>
              {page.files.map((file) => (
                <li key={file.id}>{file.name}</li>
              ))}
            </ul>
          </section>
        )}
        <Form method="post" noValidate>
          <VStack gap="space-20">
            <input type="hidden" name="rev" value={page.rev} />
            {isComplete && (
              <div className="statement">
                <BodyLong weight="semibold">{reviewText.statement}</BodyLong>
                <BodyLong>{page.statement}</BodyLong>
                <BodyLong>{reviewText.next(page.next)}</BodyLong>
              </div>
            )}
            <HStack gap="space-16" wrap>
              {isComplete && (
                <Button type="submit" loading={busy}>
                  {reviewText.submit}
                </Button>
              )}
              <Button as={Link} to={page.base} variant={isComplete ? 'tertiary' : 'primary'}>
                {reviewText.back}
              </Button>
            </HStack>
          </VStack>
        </Form>
      </VStack>
    </>
  )
}

function Incomplete({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  return (
    <Alert variant="warning">
      <strong>{reviewText.incompleteTitle}</strong>
      <ul>
        {page.missing.map(({ path, sentence }) => (
          <li key={`${path} ${sentence}`}>
            <Link to={`${page.base}#${path}`}>{sentence}</Link>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
