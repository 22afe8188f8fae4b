import { Alert, Button, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { backToPart, notFound } from '../../answer.server.ts'
import { attachFile, removeFile, requireAttachable } from '../../commands/attach-file.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { Eliminated } from '../../components/disposal/eliminated.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { OpenProposals } from '../../components/report/open-proposals.tsx'
import { StepChip } from '../../components/state-chip.tsx'
import { AboutStep } from '../../components/step/about-step.tsx'
import { AnswersList } from '../../components/step/answers-list.tsx'
import { Attachments } from '../../components/step/attachments.tsx'
import { Checklist } from '../../components/step/checklist.tsx'
import { Comments } from '../../components/step/comments.tsx'
import { ConflictPanel } from '../../components/step/conflict-panel.tsx'
import { EarlierReports } from '../../components/step/earlier-reports.tsx'
import { LeftOverList } from '../../components/step/left-over.tsx'
import { NewerForm } from '../../components/step/newer-form.tsx'
import { NotSaved } from '../../components/step/not-saved.tsx'
import { Returned } from '../../components/step/returned.tsx'
import { Signatures } from '../../components/step/signatures.tsx'
import { Snapshot } from '../../components/step/snapshot.tsx'
import { StepFigures } from '../../components/step/step-figures.tsx'
import { StepForm } from '../../components/step/step-form.tsx'
import { StepGroundsCard } from '../../components/step/step-grounds.tsx'
import { TermBox, TermMark } from '../../components/step/term-box.tsx'
import { WorkplaceLinks } from '../../components/step/workplace-link.tsx'
import { actOnComments, attachToOne } from '../../pages/comment-actions.server.ts'
import { findStepPage } from '../../pages/step.server.ts'
import { keepDraft } from '../../pages/step-draft.server.ts'
import { stepFigures } from '../../pages/step-figures.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { cyclesText, cycleText, stepLineText } from '../../text/cycles.ts'
import { disposedSentence } from '../../text/disposal.ts'
import { shellText } from '../../text/shell.ts'
import { stepText } from '../../text/steps.ts'
import { isUpload, receiveFile } from '../../uploads.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const title = page ? `${stepText.title(page.code, page.title)} · ${page.cycle.name}` : cyclesText.title
  return [{ title: shellText.title(title) }]
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  const page = await withActor(context.db, actor, (trx) => findStepPage(trx, actor, cycleId, code))
  if (!page) throw notFound(context.requestId)
  const { figureGrounds, ...shown } = page
  return { ...shown, figures: await stepFigures(context, figureGrounds) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), stepCode: requireStepCode(params.paso, context) }
  const here = `/ejercicios/${place.cycleId}/pasos/${place.stepCode}`
  if (isUpload(request)) {
    const comment = new URL(request.url).searchParams.get('comentario')
    if (comment !== null)
      return await attachToOne(context, actor, request, { ...place, id: requireId(comment, context) })
    // Nobody without the right to attach gets to leave a byte.
    await requireAttachable(context, actor, place)
    const received = await receiveFile(request, context.config.DATA_DIR)
    if (!received.ok) return data({ file: received.message }, { status: 422 })
    await attachFile(context, actor, place, received.file)
    return backToPart(`${here}#archivos`)
  }
  const form = await request.formData()
  const intent = String(form.get('intent') ?? '')
  if (intent === 'quitar-archivo') {
    await removeFile(context, actor, place, requireId(String(form.get('archivo') ?? ''), context))
    return backToPart(`${here}#archivos`)
  }
  const said = await actOnComments(context, actor, place, intent, form)
  if (said) return said
  const outcome = await keepDraft(context, actor, place, intent, form)
  if (outcome.kind === 'kept') return redirect(outcome.goTo)
  return data(
    { draft: outcome },
    { status: outcome.kind === 'conflict' ? 409 : outcome.kind === 'invalid' ? 422 : outcome.status },
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function StepPage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const fault = answer && 'draft' in answer ? answer.draft : undefined
  const conflict = fault?.kind === 'conflict' ? fault : undefined
  return (
    <>
      <CycleCrumbs cycle={page.cycle} crumbs={[{ label: stepText.crumb(page.code) }]} />
      <VStack gap="space-24">
        <PageHeader
          title={stepText.title(page.code, page.title)}
          chips={<Chips page={page} />}
          state={cycleText.state(page.waiting)}
          action={
            <HStack gap="space-16" wrap>
              <WorkplaceLinks cycleId={page.cycle.id} code={page.code} />
              {(page.rights.approve.may || page.rights.return.may) && <DecideButton base={page.base} />}
            </HStack>
          }
        />
        <Eliminated gone={page.eliminated} />
        {page.status === 'lapsed' && (
          <Alert variant="warning">{`${stepLineText.lapsed(page.lapsedBy)} ${stepText.restored}`}</Alert>
        )}
        {page.underWay && <UnderWay cycleId={page.cycle.id} actId={page.underWay.id} />}
        <div className="step-columns">
          <div className="step-columns__main">
            {conflict && page.form && (
              <ConflictPanel merge={conflict.merge} hidden={conflict.hidden} base={page.base} />
            )}
            {fault?.kind === 'refused' && <NotSaved sentence={fault.sentence} lines={fault.lines} />}
            {page.form?.newest && (
              <NewerForm own={page.form.definition.version} newest={page.form.newest} base={page.base} />
            )}
            {page.returned && <Returned returned={page.returned} groups={page.groups} />}
            <EarlierReports code={page.code} lines={page.earlier} />
            {page.form && !conflict ? (
              <StepForm
                key={`${page.cycle.id} ${page.code} ${page.attempt} ${page.form.definition.version}`}
                {...page.form}
                answers={fault && 'mine' in fault ? fault.mine : page.form.answers}
                errors={fault?.kind === 'invalid' ? fault.errors : []}
                observations={page.returned?.observations ?? []}
                base={page.base}
              />
            ) : (
              !page.form && <ReadOnly page={page} />
            )}
            <LeftOverList lines={page.leftOver} />
            <StepFigures figures={page.figures} />
          </div>
          <aside className="step-columns__side" aria-label={stepText.crumb(page.code)}>
            {page.progress && <Checklist progress={page.progress} formAt={page.form ? '' : undefined} />}
            <OpenProposals cycleId={page.cycle.id} proposals={page.proposals} />
            <TermBox term={page.term} />
            {page.signatures.length > 0 && (
              <Signatures lines={page.signatures} actsAt={`/ejercicios/${page.cycle.id}/actos`} />
            )}
            <Attachments
              files={page.files}
              mayChange={page.rights.edit.may}
              error={answer && 'file' in answer ? answer.file : undefined}
              base={page.base}
              filesAt={`/ejercicios/${page.cycle.id}/archivos`}
            />
            <Comments
              {...page.comments}
              mayWrite={page.cycleStatus === 'active'}
              wrong={answer && 'comment' in answer ? answer.comment : undefined}
              formKey={page.commentKey}
              base={page.base}
              filesAt={`/ejercicios/${page.cycle.id}/archivos`}
            />
            <StepGroundsCard grounds={page.grounds} />
            <AboutStep about={page.about} versions={page.versions} base={page.base} />
          </aside>
        </div>
      </VStack>
    </>
  )
}

function Chips({ page }: { page: Page }) {
  return (
    <HStack gap="space-8" align="center" wrap>
      <StepChip status={page.status} />
      <TermMark term={page.term} />
      {page.attempt > 1 && <span className="quiet">{stepText.attempt(page.attempt)}</span>}
    </HStack>
  )
}

function DecideButton({ base }: { base: string }) {
  return (
    <Button as={Link} to={`${base}/revision`}>
      {stepText.decide}
    </Button>
  )
}

function UnderWay({ cycleId, actId }: { cycleId: string; actId: string }) {
  return (
    <Alert variant="info">
      {stepText.underWay} <Link to={`/ejercicios/${cycleId}/actos/${actId}`}>{stepText.seeAct}</Link>
    </Alert>
  )
}

/** What stands, and the sentence that says why it cannot be edited; the acts possible instead hang below. */
function ReadOnly({ page }: { page: Page }) {
  const { version, lines, rights, base, eliminated: gone } = page
  return (
    <VStack gap="space-24">
      <Alert variant="info" inline>
        {version
          ? stepText.readOnly.frozen(version.n, version.frozenBy, version.frozenAt)
          : lines.length > 0
            ? stepText.readOnly.draft
            : stepText.readOnly.nothing}{' '}
        {rights.edit.whyNot && stepText.readOnly.whyNot(rights.edit.whyNot)}
      </Alert>
      <HStack gap="space-16" wrap className="no-print">
        {rights.withdraw.may && <Secondary to={`${base}/retirar`} words={stepText.withdraw} />}
        {rights.askReopen.may && <Secondary to={`${base}/reabrir`} words={stepText.askReopen} />}
        {rights.answerReopen.may && <Secondary to={`${base}/reabrir`} words={stepText.answerReopen} />}
      </HStack>
      {version && gone && <p className="breakable">{disposedSentence(gone.minutes, gone.on, version.hash)}</p>}
      {!gone && (version ? <Snapshot html={version.snapshotHtml} /> : <AnswersList lines={lines} />)}
    </VStack>
  )
}

function Secondary({ to, words }: { to: string; words: string }) {
  return (
    <Button as={Link} to={to} variant="secondary">
      {words}
    </Button>
  )
}
