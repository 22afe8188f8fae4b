import { Alert, BodyLong, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { MethodologyFields } from '../../components/risks/methodology-fields.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { actOnMethodologyDraft, loadMethodologyDraft } from '../../pages/methodology-draft.server.ts'
import { requireActor } from '../../session.server.ts'
import { methodologiesText, methodologyDraftText as words } from '../../text/methodologies.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.title(data?.name ?? '')) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadMethodologyDraft(context, await requireActor(request, context), params.metodologia ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnMethodologyDraft(context, actor, params.metodologia ?? '', await request.formData())
}

/** A copy of a methodology: edited, then published as a version of its own or thrown away. */
export default function MethodologyCopy() {
  const loaded = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { name, read, position, writtenAt, whyNot } = loaded
  const title = words.title(name)
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: methodologiesText.title, to: '/riesgos/metodologias' }, { label: title }]} />
        <PageHeader title={title} state={words.state(position, writtenAt)} />
        <DoneNotice sentences={words.done} />
      </div>
      {whyNot ? (
        <Alert variant="info">{whyNot}</Alert>
      ) : (
        <>
          <BodyLong className="reading">{words.intro}</BodyLong>
          <AdminForm code="copia" answer={answer} submit={words.save} hidden={read}>
            <MethodologyFields draft={loaded} answer={answer} />
          </AdminForm>
          <Section id="publicar" title={words.publishTitle}>
            <AdminForm code="publicar" answer={answer} submit={words.publish} hidden={read}>
              <BodyLong>{words.publishIntro}</BodyLong>
              <Textarea
                {...fieldsOf('publicar', answer)('reason')}
                label={words.publishReason}
                minRows={2}
                maxRows={8}
              />
            </AdminForm>
          </Section>
          <Section id="descartar" title={words.discardTitle}>
            <AdminForm code="descartar" answer={answer} submit={words.discard} hidden={read} danger>
              <BodyLong>{words.discardIntro}</BodyLong>
            </AdminForm>
          </Section>
        </>
      )}
    </VStack>
  )
}
