import path from 'node:path'
import { CheckmarkCircleIcon, CircleIcon } from '@navikt/aksel-icons'
import { Alert, BodyLong, Button, Heading, HStack, Tag, VStack } from '@navikt/ds-react'
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findCycleHead } from '../../../db/cycle-pages.ts'
import { findStepContext } from '../../../db/step-context.ts'
import { Refused } from '../../../domain/refusals.ts'
import { invalid, notFound } from '../../answer.server.ts'
import { prepareFiles } from '../../commands/prepare-release.server.ts'
import { remindAgency } from '../../commands/remind-agency.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { Eliminated } from '../../components/disposal/eliminated.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { FormErrors } from '../../components/form-errors.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Protection } from '../../components/protection.tsx'
import { ReleaseFiles } from '../../components/release-files.tsx'
import { ReleaseHour } from '../../components/release-hour.tsx'
import { ReleasePreview } from '../../components/release-preview.tsx'
import { TrackingPart } from '../../components/results/tracking.tsx'
import { disclosureView, stateSentence } from '../../pages/disclosure.server.ts'
import { shownEliminated } from '../../pages/disposals.server.ts'
import { hourAction } from '../../pages/release-hour.server.ts'
import { findTracking } from '../../pages/results.server.ts'
import { requireId } from '../../params.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { seesDrafts } from '../../release-rights.server.ts'
import { type Actor, isProofRecent, requireActor } from '../../session.server.ts'
import { hourText, releaseText, disclosureText as words } from '../../text/publications.ts'
import { refusalSentence } from '../../text/refusals.ts'
import { trackingText } from '../../text/results.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  return await withActor(context.db, actor, async (trx) => {
    const step = await findStepContext(trx, cycleId, '7')
    const head = await findCycleHead(trx, cycleId)
    if (!step || !head) throw notFound(context.requestId)
    const eliminated = await shownEliminated(trx, actor, cycleId)
    const isTheirs = seesDrafts(actor, step.cycle.version.procedure) && !eliminated
    const view = isTheirs ? await disclosureView(trx, path.resolve(context.config.DATA_DIR), actor, step) : null
    const tracking = await findTracking(trx, actor, cycleId)
    return {
      ...{ cycleId, name: head.name, state: stateSentence(step), view, eliminated, tracking },
      asksPassword: !isProofRecent(actor),
    }
  })
}

/** Refusals of the files that the page tells beside the button. */
const NOT_READY: string[] = ['incomplete', 'table_too_fine', 'release_unsafe', 'release_unproven']

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const form = await request.formData()
  if (form.get('formulario') === 'hora') {
    const release = { releaseId: String(form.get('release')), page: `/ejercicios/${cycleId}/divulgacion` }
    return await hourAction(request, context, actor, form, release)
  }
  if (form.get('formulario') === 'recordar') return await remind(context, actor, cycleId, form)
  try {
    await prepareFiles(context, actor, cycleId)
  } catch (failure) {
    if (!(failure instanceof Refused) || !NOT_READY.includes(failure.code)) throw failure
    const message =
      failure.code === 'incomplete' ? words.cannotPrepare : refusalSentence(failure.code, failure.facts, actor)
    return invalid([{ field: 'preparar', message }], {})
  }
  return redirect(`/ejercicios/${cycleId}/divulgacion?hecho=preparada`)
}

/** Reminds one dependencia; whoever was told today is not told again. */
async function remind(context: AppLoadContext, actor: Actor, cycleId: string, form: FormData) {
  const agencyId = requireId(String(form.get('dependencia') ?? ''), context)
  try {
    await remindAgency(context, actor, { cycleId, agencyId })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ errors: [{ field: 'seguimiento', message: sentence }], values: {} }, { status })
  }
  return redirect(`/ejercicios/${cycleId}/divulgacion?hecho=recordado#seguimiento`)
}

export default function Disclosure() {
  const { cycleId, name, state, view, eliminated, tracking } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs cycle={{ id: cycleId, name }} crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={state}
          action={
            <HStack gap="space-16" wrap>
              {isPublished(view) && (
                <Button as={Link} to={`/publicaciones/${view?.published}`}>
                  {words.published}
                </Button>
              )}
              <Button
                as={Link}
                to={`/ejercicios/${cycleId}/pasos/7`}
                variant={view?.mayPrepare ? 'primary' : 'secondary'}
              >
                {words.form}
              </Button>
            </HStack>
          }
        />
        {!answer && <DoneNotice sentences={{ ...words.done, ...hourText.done, ...trackingText.done }} />}
        <FormErrors errors={answer?.errors.filter(({ field }) => field === 'preparar' || field === 'seguimiento')} />
      </div>
      <Eliminated gone={eliminated} />
      {view && <Workbench />}
      {!view && !eliminated && <BodyLong>{words.restricted}</BodyLong>}
      {tracking && <TrackingPart cycleId={cycleId} tracking={tracking} />}
    </VStack>
  )
}

/** The draft became the release, whose page holds files and hashes. */
const isPublished = (view: { published: string | null; draft: unknown } | null) =>
  Boolean(view?.published && !view.draft)

function Workbench() {
  const { view } = useLoaderData<typeof loader>()
  if (!view || isPublished(view)) return null
  return (
    <>
      <Checklist checks={view.checks} missing={view.missing} />
      <Files />
      <Hour />
      <Protection protection={view.protection} />
      <ReleasePreview metadata={view.metadata} tables={view.preview} />
    </>
  )
}

function Checklist({ checks, missing }: { checks: { label: string; done: boolean }[]; missing: string[] }) {
  return (
    <section className="card reading" aria-labelledby="lista">
      <Heading level="2" size="small" spacing id="lista">
        {words.checklistTitle}
      </Heading>
      <ul className="checks">
        {checks.map(({ label, done }) => (
          <li key={label}>
            {done ? <CheckmarkCircleIcon aria-hidden /> : <CircleIcon aria-hidden />}
            <span>{label}</span>
            <Tag size="small" data-color={done ? 'success' : 'warning'}>
              {done ? words.checklistDone : words.checklistMissing}
            </Tag>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <ul className="bullets">
          {missing.slice(0, 12).map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Before the approval the hour is only planned; whoever publishes gives it. */
function Hour() {
  const { view, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!view?.draft) return null
  const { id, publishAt } = view.draft
  return (
    <VStack gap="space-12">
      <BodyLong className="reading">{publishAt ? hourText.planned(publishAt) : hourText.atOnce}</BodyLong>
      {view.maySchedule && (
        <ReleaseHour releaseId={id} publishAt={publishAt} isApproved={false} {...{ asksPassword, answer }} />
      )}
    </VStack>
  )
}

function Files() {
  const { cycleId, view } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'submitting'
  if (!view) return null
  const { draft } = view
  return (
    <section aria-labelledby="archivos">
      <VStack gap="space-16">
        <Heading level="2" size="medium" id="archivos">
          {words.filesTitle}
        </Heading>
        {draft ? (
          <>
            {!draft.isCurrent && <Alert variant="warning">{words.notCurrent}</Alert>}
            <BodyLong className="reading">
              {words.signs} {releaseText.releaseHash}: <HashShort hash={draft.releaseHash} copy />
            </BodyLong>
            <ReleaseFiles
              files={draft.files}
              address={(file) => `/ejercicios/${cycleId}/divulgacion/archivos/${encodeURIComponent(file)}`}
            />
          </>
        ) : (
          <BodyLong className="reading">{words.filesNone}</BodyLong>
        )}
        {view.mayPrepare ? (
          <Form method="post">
            <HStack gap="space-16">
              <Button id="preparar" type="submit" loading={busy} variant="secondary">
                {draft ? words.prepareAgain : words.prepare}
              </Button>
            </HStack>
          </Form>
        ) : (
          view.whyNot && <BodyLong className="quiet">{view.whyNot}</BodyLong>
        )}
      </VStack>
    </section>
  )
}
