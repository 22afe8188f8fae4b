import { BodyLong, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findReleaseAnswers } from '../../../db/corrections.ts'
import { typedOf } from '../../administration.server.ts'
import { invalid, notFound } from '../../answer.server.ts'
import * as commands from '../../commands/correct-release.server.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CorrectionForm } from '../../components/correction-form.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { errorOf } from '../../components/form-errors.tsx'
import { errorsOf } from '../../components/form-fields.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ProvedField } from '../../components/proved-field.tsx'
import { ReleaseFiles } from '../../components/release-files.tsx'
import { correctionPage, readCorrection } from '../../pages/correction.server.ts'
import { requireId } from '../../params.server.ts'
import { provedBy } from '../../prove.server.ts'
import { isProofRecent, requireActor } from '../../session.server.ts'
import { correctionText as words } from '../../text/corrections.ts'
import { publicationsText } from '../../text/publications.ts'
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
    case 'firma': {
      const verdict = typed.verdict === 'return' ? 'return' : 'approve'
      const observation = (typed.observation ?? '').trim()
      if (verdict === 'return' && observation === '')
        return invalid([{ field: 'firma-observation', message: words.errors.observation ?? '' }], typed)
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
  const { release, may, whyNot } = useLoaderData<typeof loader>()
  const crumbs = [
    { label: publicationsText.title, to: '/publicaciones' },
    { label: publicationsText.open(release.title, release.version), to: `/publicaciones/${release.id}` },
    { label: words.crumb },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={words.title(release.title, release.version)} state={<State />} />
        <DoneNotice sentences={words.done} />
        <BodyLong className="reading">{words.intro}</BodyLong>
      </div>
      <Prepared />
      {may.sign && <Sign />}
      {whyNot && <BodyLong className="reading">{whyNot}</BodyLong>}
      {may.prepare && <Edit />}
      <Signatures />
    </VStack>
  )
}

function State() {
  const { release, correction, waitsFor } = useLoaderData<typeof loader>()
  if (release.status !== 'published') return words.states.notPublished
  if (!correction) return words.states.none
  if (correction.status === 'submitted') return words.states.submitted(waitsFor ?? '')
  return correction.status === 'approved' ? words.states.approved : words.states.preparing
}

function Prepared() {
  const { release, correction, files, may } = useLoaderData<typeof loader>()
  if (!correction?.releaseHash) return null
  return (
    <section aria-labelledby="archivos">
      <VStack gap="space-16">
        <Heading level="2" size="medium" id="archivos">
          {words.files}
        </Heading>
        <BodyLong>
          {words.hash}: <HashShort hash={correction.releaseHash} copy />
        </BodyLong>
        <ReleaseFiles files={files} address={(name) => `/ejercicios/${release.cycleId}/divulgacion/archivos/${name}`} />
        <HStack gap="space-16" wrap>
          {may.submit && (
            <Form method="post">
              <Button type="submit" name="formulario" value="envio">
                {words.submit}
              </Button>
            </Form>
          )}
          {may.discard && (
            <Form method="post">
              <Button type="submit" name="formulario" value="descarte" variant="secondary" data-color="danger">
                {words.discard}
              </Button>
            </Form>
          )}
        </HStack>
      </VStack>
    </section>
  )
}

function Edit() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <section className="card" aria-labelledby="que">
      <Heading level="2" size="medium" spacing id="que">
        {words.formTitle}
      </Heading>
      <AdminForm
        code="correccion"
        answer={answer}
        submit={page.correction ? words.prepareAgain : words.prepare}
        secondary={page.correction !== null}
      >
        <CorrectionForm answer={answer} initial={page.initial} tables={page.tables} choices={page.choices} />
      </AdminForm>
    </section>
  )
}

function Sign() {
  const { correction, statement, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const errors = errorsOf('firma', answer)
  return (
    <section className="card reading" aria-labelledby="firma">
      <Form method="post" noValidate>
        <VStack gap="space-16">
          <Heading level="2" size="medium" id="firma">
            {words.signTitle}
          </Heading>
          <input type="hidden" name="formulario" value="firma" />
          <input type="hidden" name="huella" value={correction?.releaseHash ?? ''} />
          <BodyLong weight="semibold">{statement}</BodyLong>
          <BodyLong className="quiet">{words.signing}</BodyLong>
          <Textarea
            id="firma-observation"
            name="observation"
            label={words.observation}
            minRows={2}
            defaultValue={answer?.values.observation}
            error={errorOf(errors, 'firma-observation')}
          />
          {asksPassword && <ProvedField form="firma" errors={errors} />}
          <HStack gap="space-16" wrap>
            <Button type="submit" name="verdict" value="approve">
              {words.sign}
            </Button>
            <Button type="submit" name="verdict" value="return" variant="secondary">
              {words.giveBack}
            </Button>
          </HStack>
        </VStack>
      </Form>
    </section>
  )
}

function Signatures() {
  const { correction, release } = useLoaderData<typeof loader>()
  if (!correction || correction.signatures.length === 0)
    return <Link to={`/publicaciones/${release.id}`}>{publicationsText.open(release.title, release.version)}</Link>
  return (
    <section aria-labelledby="firmas">
      <Heading level="2" size="medium" spacing id="firmas">
        {words.signatures}
      </Heading>
      <DataTable
        caption={words.signatures}
        hideCaption
        rows={correction.signatures}
        rowKey={(row) => String(row.signedAt)}
        columns={[
          {
            key: 'who',
            header: words.signatureHeads.who,
            rowHeader: true,
            cell: (row) => `${row.personName}, ${row.positionName}`,
          },
          { key: 'verdict', header: words.signatureHeads.verdict, cell: (row) => words.verdicts[row.verdict] },
          { key: 'when', header: words.signatureHeads.when, cell: (row) => words.instant(row.signedAt) },
          { key: 'observation', header: words.signatureHeads.observation, cell: (row) => row.observation ?? '' },
        ]}
      />
    </section>
  )
}
