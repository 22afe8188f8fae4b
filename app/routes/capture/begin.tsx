import { VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { BeginForm } from '../../components/capture/begin-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { formAt, loadBeginning } from '../../pages/capture.server.ts'
import { actOnBeginning } from '../../pages/capture-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { captureText, formName, stepTitle, beginText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? stepTitle(1, data.steps, words.title) : captureText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadBeginning(request, context, actor, formAt(params.formulario, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnBeginning(request, context, actor, formAt(params.formulario, context))
}

/** Consent before capture (Ley 1581 de 2012; E6). */
export default function Begin() {
  const { form, steps, points, ...rest } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const where = points.map(({ name }) => name).join(', ')
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs crumbs={[{ label: captureText.title, to: '/captura' }, { label: formName[form] }]} />
        <PageHeader title={stepTitle(1, steps, words.title)} state={words.state(where, formName[form])} />
      </div>
      <BeginForm {...rest} points={points} answer={answer} />
    </VStack>
  )
}
