import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findReleaseAnswers } from '../../../db/corrections.ts'
import { readInput } from '../../../domain/input-reading.ts'
import { CorrectionWithdrawalInput } from '../../../domain/inputs.ts'
import { typedOf } from '../../administration.server.ts'
import { invalid, notFound } from '../../answer.server.ts'
import * as commands from '../../commands/correct-release.server.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CorrectionForm } from '../../components/correction/correction-form.tsx'
import { CorrectionSignatures } from '../../components/correction/correction-signatures.tsx'
import { PreparedFiles } from '../../components/correction/prepared-files.tsx'
import { SignCorrection } from '../../components/correction/sign-correction.tsx'
import { TakenBack } from '../../components/correction/taken-back.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReleaseHour } from '../../components/release-hour.tsx'
import { Withdrawal } from '../../components/withdrawal.tsx'
import { correctionPage, readCorrection } from '../../pages/correction.server.ts'
import { hourAction } from '../../pages/release-hour.server.ts'
import { requireId } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { correctionText as words } from '../../text/corrections.ts'
import { inputErrors } from '../../text/inputs.ts'
import { hourText, publicationsText } from '../../text/publications.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.crumb) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const id = requireId(params.publicacion, context)
  const page = await withActor(context.db, actor, (trx) => correctionPage(trx, actor, id))
  if (!page) throw notFound(context.requestId)
  return { ...page, asksPassword: !isProofRecent(actor) }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const releaseId = requireId(params.publicacion, context)
  const form = await request.formData()
  const typed = typedOf(form)
  const back = (done: string) => redirect(`/publicaciones/${releaseId}/correccion?hecho=${done}`)
  switch (typed.formulario) {
    case 'envio':
      await commands.submitCorrection(context, actor, releaseId)
      return back('enviada')
    case 'descarte':
      await commands.discardCorrection(context, actor, releaseId)
      return back('descartada')
    case 'hora': {
      const hour = { releaseId: String(typed.release ?? ''), page: `/publicaciones/${releaseId}/correccion` }
      return await hourAction(request, context, actor, form, hour)
    }
    case 'retiro': {
      const read = readInput(CorrectionWithdrawalInput, { releaseId, reason: typed.reason })
      if (!read.ok)
        return invalid(
          inputErrors(read.errors, (path) => `retiro-${path}`),
          typed,
        )
      try {
        await commands.withdrawCorrection(context, actor, read.input)
      } catch (failure) {
        const { sentence, status } = shownRefusal(failure, actor)
        return data({ errors: [], values: typed, refused: sentence }, { status })
      }
      return back('retirada')
    }
    case 'firma': {
      const verdict = typed.verdict === 'return' ? 'return' : 'approve'
      const observation = (typed.observation ?? '').trim()
      if (verdict === 'return' && observation === '')
        return invalid([{ field: 'firma-observation', message: words.observationMissing }], typed)
      const proof = await provedBy(request, context, actor, form)
      if (!proof.ok) return invalid([{ field: 'firma-clave', message: proof.message }], typed)
      const act = { releaseId, verdict, releaseHash: typed.huella ?? '', observation } as const
      await commands.signCorrection(context, proof.actor, act)
      return back(verdict === 'return' ? 'devuelta' : 'firmada')
    }
    default: {
      const { page, answers } = await withActor(context.db, actor, async (trx) => ({
        page: await correctionPage(trx, actor, releaseId),
        answers: (await findReleaseAnswers(trx, releaseId)) ?? {},
      }))
      const read = readCorrection(answers, typed)
      if ('errors' in read && page?.may.prepare) return invalid(read.errors, typed)
      // Who may not prepare it is refused by the command, whatever was typed.
      await commands.prepareCorrection(context, actor, { releaseId, reason: '', answers, ...read })
      return back('preparada')
    }
  }
}

/** The correction of one published release, from its words to its last signature. */
export default function CorrectionPage() {
  const { release, correction, takenBack, files, may, whyNot, statement, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const hash = correction?.releaseHash
  const isHeld = release.status === 'held'
  const { title, intro } = isHeld ? words.ofHeld : words
  const crumbs = [
    { label: publicationsText.title, to: '/publicaciones' },
    { label: publicationsText.open(release.title, release.version), to: `/publicaciones/${release.id}` },
    { label: isHeld ? words.ofHeld.crumb : words.crumb },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={title(release.title, release.version)} state={<State />} />
        <DoneNotice sentences={{ ...words.done, ...hourText.done }} />
        <BodyLong className="reading">{intro}</BodyLong>
      </div>
      {answer && 'refused' in answer && (
        <Alert variant="warning" role="alert" className="reading">
          {String(answer.refused)}
        </Alert>
      )}
      {takenBack && <TakenBack {...takenBack} />}
      {hash && <PreparedFiles hash={hash} cycleId={release.cycleId} files={files} may={may} />}
      {may.sign && hash && (
        <SignCorrection hash={hash} statement={statement} asksPassword={asksPassword} answer={answer} />
      )}
      {whyNot && <BodyLong className="reading">{whyNot}</BodyLong>}
      <Hour />
      {may.takeBack && <Withdrawal answer={answer} words={words.takeBack} />}
      {may.prepare && <Edit />}
      {correction && correction.signatures.length > 0 && <CorrectionSignatures signatures={correction.signatures} />}
      <Link to={`/publicaciones/${release.id}`}>{publicationsText.open(release.title, release.version)}</Link>
    </VStack>
  )
}

function State() {
  const { release, correction, takenBack, hour, waitsFor } = useLoaderData<typeof loader>()
  const isHeld = release.status === 'held'
  if (!isHeld && release.status !== 'published') return words.states.notPublished
  const states = isHeld ? words.ofHeld : words.states
  if (!correction) return takenBack ? words.states.noneNow : states.none
  if (correction.status === 'submitted') return states.submitted(waitsFor ?? '')
  if (correction.status !== 'approved') return states.preparing
  return hour?.publishAt ? words.states.approvedFor(hour.publishAt) : states.approved
}

/** When it becomes public: planned before the last signature, moved after it. */
function Hour() {
  const { hour, may, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  if (!hour) return null
  return (
    <VStack gap="space-16">
      {!hour.isApproved && (
        <BodyLong className="reading">{hour.publishAt ? words.planned(hour.publishAt) : words.atOnce}</BodyLong>
      )}
      {may.schedule && <ReleaseHour {...hour} {...{ asksPassword, answer }} />}
    </VStack>
  )
}

function Edit() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const asked = page.release.status === 'held' ? words.ofHeld.form : words.form
  return (
    <section className="card" aria-labelledby="que">
      <Heading level="2" size="medium" spacing id="que">
        {asked.title}
      </Heading>
      <AdminForm
        code="correccion"
        answer={answer}
        submit={page.correction ? words.prepareAgain : asked.prepare}
        secondary={page.correction !== null}
      >
        <CorrectionForm
          asked={asked}
          answer={answer}
          initial={page.initial}
          tables={page.tables}
          choices={page.choices}
        />
      </AdminForm>
    </section>
  )
}
