import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { GrantForms } from '../../components/access/grant-forms.tsx'
import { GrantProbes } from '../../components/access/grant-probes.tsx'
import { GrantSignatures } from '../../components/access/grant-signatures.tsx'
import { UnderReview } from '../../components/access/under-review.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { History } from '../../components/history.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { GrantChip, UnderReviewChip } from '../../components/state-chip.tsx'
import { loadAccess } from '../../pages/access.server.ts'
import { actOnAccess } from '../../pages/access-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText, captureFormText, causeText, grantText as words } from '../../text/access.ts'
import { accessGroundsText } from '../../text/access-grounds.ts'
import { undoText } from '../../text/reviews.ts'
import { shellText } from '../../text/shell.ts'
import { HISTORY_SECTION } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.grant.code) : accessText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAccess(context, actor, requireId(params.acceso, context), new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnAccess(request, context, actor, requireId(params.acceso, context))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function GrantPage() {
  const {
    grant,
    commitment,
    may,
    whyNot,
    ending,
    isHindered,
    mayRenew,
    underway,
    signatures,
    probes,
    review,
    mayState,
    undo,
    history,
    ...rest
  } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: grant.code }]} />
        <PageHeader
          title={words.title(grant.code)}
          chips={
            <>
              <GrantChip status={grant.status} />
              {grant.isUnderReview && <UnderReviewChip />}
            </>
          }
          state={words.states[grant.status](grant.startsOn, grant.endsOn)}
          action={mayRenew && <Renew id={grant.id} />}
        />
        <DoneNotice sentences={words.done} />
        {ending && <Alert variant="warning">{words.ending(causeText[ending.cause], ending.on)}</Alert>}
        {isHindered && <Alert variant="warning">{words.hindered}</Alert>}
        {underway && <Alert variant="info">{words.underway}</Alert>}
        {answer && 'refused' in answer && answer.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      <Section id="solicitud" title={words.factsTitle}>
        <Facts facts={factsOf(grant, commitment)} />
        <Link className="row-link" to={groundsOf(grant)}>
          {accessGroundsText.linkOf}
        </Link>
      </Section>
      {whyNot && <BodyLong className="reading">{whyNot}</BodyLong>}
      {review && <UnderReview review={review} mayState={mayState} answer={answer} />}
      {undo && <Undo id={grant.id} {...undo} />}
      <GrantForms hash={grant.contentHash} may={may} answer={answer} {...rest} />
      {signatures.length > 0 && <GrantSignatures signatures={signatures} />}
      <GrantProbes probes={probes} status={grant.status} />
      <Section id={HISTORY_SECTION} title={words.history}>
        <History history={history} />
      </Section>
    </VStack>
  )
}

function Renew({ id }: { id: string }) {
  return (
    <Button as={Link} variant="secondary" to={`/accesos/solicitudes/nueva?renueva=${id}`}>
      {words.renew}
    </Button>
  )
}

function Undo({ id, until, whyNot }: { id: string; until: string; whyNot: string | null }) {
  if (whyNot) return <BodyLong className="reading">{whyNot}</BodyLong>
  return (
    <VStack gap="space-16" align="start" className="reading">
      <BodyLong>{undoText.until(until)}</BodyLong>
      <Button as={Link} to={`/accesos/solicitudes/nueva?restablece=${id}`}>
        {undoText.open}
      </Button>
    </VStack>
  )
}

function groundsOf({ granteeId, pointId, form }: Loaded['grant']): string {
  return `/accesos/explicacion?${new URLSearchParams({ persona: granteeId, punto: pointId, formulario: form })}`
}

function factsOf(grant: Loaded['grant'], commitment: Loaded['commitment']): Fact[] {
  const { facts } = words
  const lines: [string, string | null][] = [
    [facts.person, grant.personName],
    [facts.agency, grant.agencyName],
    [facts.point, grant.pointName],
    [facts.form, captureFormText[grant.form]],
    [facts.days, accessText.days(grant.startsOn, grant.endsOn)],
    [facts.vigencia, String(grant.vigencia)],
    [facts.radicado, words.radicadoOf(grant.radicado, grant.radicadoOn)],
    [facts.reason, grant.reason],
    [facts.asked, `${grant.askedBy} · ${grant.askedPosition}`],
    [facts.commitment, commitment && words.acceptedOn(commitment.acceptedAt, commitment.receiptCode)],
    [facts.cause, grant.cause && causeText[grant.cause]],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}
