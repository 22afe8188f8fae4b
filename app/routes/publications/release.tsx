import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findOpenCorrection } from '../../../db/corrections.ts'
import { findReplacement } from '../../../db/held-releases.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { ReleaseWithdrawalInput } from '../../../domain/inputs.ts'
import { releaseRow } from '../../../domain/permission-rows.ts'
import { whyNot } from '../../../domain/permissions.ts'
import { isHidden, isReplaceable, isWaiting } from '../../../domain/releases.ts'
import { typedOf } from '../../administration.server.ts'
import { invalid, notFound } from '../../answer.server.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { withdrawRelease } from '../../commands/withdraw-release.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Held } from '../../components/correction/held.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { History } from '../../components/history.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReleaseFiles } from '../../components/release-files.tsx'
import { ReleaseHour } from '../../components/release-hour.tsx'
import { Section } from '../../components/section.tsx'
import { ReleaseChip } from '../../components/state-chip.tsx'
import { Withdrawal } from '../../components/withdrawal.tsx'
import { hourAction } from '../../pages/release-hour.server.ts'
import { historyOf } from '../../pages/timelines.server.ts'
import { requireId } from '../../params.server.ts'
import { findSeenRelease, seesDrafts } from '../../release-rights.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { correctionText } from '../../text/corrections.ts'
import { listed } from '../../text/cycles.ts'
import { dutyName } from '../../text/duties.ts'
import { inputErrors } from '../../text/inputs.ts'
import { hourText, publicationsText, releaseText as words } from '../../text/publications.ts'
import { sentenceOf } from '../../text/refusals.ts'
import { shellText } from '../../text/shell.ts'
import { HISTORY_SECTION, timelineText } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: shellText.title(data ? words.pageTitle(data.release.title, data.release.version) : publicationsText.title),
  },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.publicacion, context)
  return await withActor(context.db, actor, async (trx) => {
    const seen = await findSeenRelease(trx, actor, id)
    if (!seen) throw notFound(context.requestId)
    const { release, procedure } = seen
    const row = releaseRow(actor.entityId, procedure)
    const against = whyNot(permitted(actor), 'withdraw', 'Release', row)
    const called = actor.entity.dutyNames
    const namesOf = (duties: readonly string[]) =>
      listed(
        duties.map((duty) => dutyName(duty, called)),
        'o',
      )
    return {
      release,
      isWaiting: isWaiting(release.status),
      history: await historyOf(trx, actor, { kind: 'release', id }, new URL(request.url).searchParams),
      asksPassword: !isProofRecent(actor),
      schedulers: namesOf(row.schedulerDuties),
      preparers: namesOf(row.correctorDuties),
      hasCorrection: (await findOpenCorrection(trx, id)) !== undefined,
      replacement: release.status === 'held' ? ((await findReplacement(trx, id)) ?? null) : null,
      may: {
        prepare: !whyNot(permitted(actor), 'correct', 'Release', row),
        correct: isReplaceable(release.status) && seesDrafts(actor, procedure),
        withdraw: against === null && (release.status === 'published' || release.status === 'corrected'),
        schedule: isWaiting(release.status) && !whyNot(permitted(actor), 'schedule', 'Release', row),
      },
      whyNot: sentenceOf(against, actor),
    }
  })
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const releaseId = requireId(params.publicacion, context)
  const form = await request.formData()
  if (form.get('formulario') === 'hora')
    return await hourAction(request, context, actor, form, { releaseId, page: `/publicaciones/${releaseId}` })
  const typed = typedOf(form)
  const read = readInput(ReleaseWithdrawalInput, { releaseId, reason: typed.reason })
  if (!read.ok) {
    return invalid(
      inputErrors(read.errors, (path) => `retiro-${path}`),
      typed,
    )
  }
  await withdrawRelease(context, actor, read.input)
  return redirect(`/publicaciones/${releaseId}?hecho=retirada`)
}

export default function ReleasePage() {
  const {
    release,
    history,
    isWaiting: waits,
    may,
    whyNot: reason,
    hasCorrection,
    replacement,
    preparers,
  } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const title = words.pageTitle(release.title, release.version)
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: publicationsText.title, to: '/publicaciones' }, { label: title }]} />
        <PageHeader
          title={title}
          chips={<ReleaseChip status={release.status} />}
          state={stateOf(release)}
          action={
            isHidden(release.status) ? null : (
              <Button as={Link} to={`/datos-abiertos/${release.slug}/${release.version}`} variant="secondary">
                {words.publicPage}
              </Button>
            )
          }
        />
        <DoneNotice sentences={{ ...words.done, ...hourText.done }} />
      </div>
      {release.status === 'held' && <Held {...{ release, hasCorrection, replacement, preparers, may }} />}
      <Section id="archivos" title={words.filesTitle}>
        <ReleaseFiles files={release.files} address={addressOf(release, waits)} />
      </Section>
      <Description />
      {waits && <Hour />}
      {release.correctsId && isHidden(release.status) && release.status !== 'held' && (
        <div>
          <Button as={Link} to={`/publicaciones/${release.correctsId}/correccion`} variant="secondary">
            {correctionText.ofWaiting}
          </Button>
        </div>
      )}
      {may.correct && release.status !== 'held' && <Replace />}
      {may.withdraw ? (
        <Withdrawal answer={answer} words={words.withdrawal} />
      ) : (
        (release.status === 'published' || release.status === 'corrected') && reason && <BodyLong>{reason}</BodyLong>
      )}
      <Section id={HISTORY_SECTION} title={timelineText.title}>
        <History history={history} />
      </Section>
    </VStack>
  )
}

/** To the correction of this release, begun or not. */
function Replace() {
  const { release, hasCorrection } = useLoaderData<typeof loader>()
  return (
    <div>
      <Button as={Link} to={`/publicaciones/${release.id}/correccion`} variant="secondary">
        {hasCorrection ? correctionText.see : correctionText.open}
      </Button>
    </div>
  )
}

function addressOf(release: Release, waits: boolean) {
  if (['withdrawn', 'recalled', 'held'].includes(release.status)) return undefined
  const base = waits
    ? `/ejercicios/${release.cycleId}/divulgacion/archivos`
    : `/datos-abiertos/${release.slug}/${release.version}`
  return (name: string) => `${base}/${name}`
}

function Hour() {
  const { release, may, schedulers, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!may.schedule) return <BodyLong>{hourText.othersDecide(schedulers)}</BodyLong>
  const { id, publishAt } = release
  return <ReleaseHour releaseId={id} publishAt={publishAt} isApproved {...{ asksPassword, answer }} />
}

type Release = ReturnType<typeof useLoaderData<typeof loader>>['release']

function stateOf({ status, publishAt, publishedAt, withdrawnAt, heldAt }: Release): string {
  if (status === 'held' && heldAt) return words.states.held(heldAt)
  if (status === 'scheduled' && publishAt) return words.states.scheduled(publishAt)
  if (status === 'recalled') return words.states.recalled
  if (status === 'withdrawn' && withdrawnAt) return words.states.withdrawn(withdrawnAt)
  if (status === 'corrected' && publishedAt) return words.states.corrected(publishedAt)
  return publishedAt ? words.states.published(publishedAt) : words.states.draft
}

function Description() {
  const { release } = useLoaderData<typeof loader>()
  const { metadata } = release
  const facts: Fact[] = [
    ...(release.withdrawnReason ? ([[words.reason, release.withdrawnReason]] as Fact[]) : []),
    [words.change, release.changeNote],
    [words.period, words.periodOf(metadata.periodFrom, metadata.periodTo)],
    [words.licence, metadata.licence.label],
    [words.contact, `${metadata.agency}, ${metadata.email}`],
    [
      words.cycle,
      <Link key="cycle" to={`/ejercicios/${release.cycleId}`}>
        {release.cycleName}
      </Link>,
    ],
    [words.releaseHash, <HashShort key="release" hash={release.releaseHash} purpose={words.releaseHash} copy />],
    [words.snapshotHash, <HashShort key="snapshot" hash={release.snapshotHash} purpose={words.snapshotHash} copy />],
  ]
  return (
    <Section id="descripcion" title={words.factsTitle}>
      <Facts facts={facts} />
    </Section>
  )
}
