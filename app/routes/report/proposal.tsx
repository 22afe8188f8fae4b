import { Alert, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { newId } from '../../../db/ids.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ProposalEditor } from '../../components/report/proposal-editor.tsx'
import { sendProposal } from '../../pages/proposal-actions.server.ts'
import { loadSection } from '../../pages/report.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { proposalsText as text } from '../../text/proposals.ts'
import { reportText } from '../../text/report.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(text.pageTitle(page?.section.title ?? '')) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const page = await loadSection(context, actor, cycleId, params.seccion ?? '')
  const back = `/ejercicios/${cycleId}/informe/secciones/${page.section.code}`
  if (!page.isRich) throw redirect(back)
  const { cycle, section, owner, value, sources, figures, gone } = page
  const { whyNotPropose } = page.proposals
  return { cycle, section, owner, value, sources, figures, gone, back, whyNotPropose, formKey: newId() }
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), section: params.seccion ?? '' }
  return await sendProposal(context, actor, place, await request.formData())
}

export default function ProposeChange() {
  const page = useLoaderData<typeof loader>()
  const unmade = useActionData<typeof action>()
  const { cycle, section, owner, back, whyNotPropose } = page
  const report = `/ejercicios/${cycle.id}/informe`
  return (
    <>
      <CycleCrumbs
        cycle={cycle}
        crumbs={[{ label: reportText.crumb, to: report }, { label: section.title, to: back }, { label: text.propose }]}
      />
      <VStack gap="space-24" className="reading-wide">
        <PageHeader title={text.pageTitle(section.title)} state={text.pageState(owner.name)} />
        {unmade?.refusal && (
          <Alert variant="warning" role="alert">
            {unmade.refusal}
          </Alert>
        )}
        {whyNotPropose && !unmade ? (
          <Alert variant="info" inline>
            {whyNotPropose} <Link to={back}>{text.toSection}</Link>
          </Alert>
        ) : (
          <ProposalEditor
            key={unmade?.formKey}
            value={unmade?.value ?? page.value}
            reason={unmade?.reason ?? ''}
            formKey={unmade?.formKey ?? page.formKey}
            errors={unmade?.errors ?? {}}
            sources={page.sources}
            figures={page.figures}
            gone={page.gone}
            back={back}
          />
        )}
      </VStack>
    </>
  )
}
