import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { TemplateForm } from '../../components/templates/template-form.tsx'
import { TemplateSample } from '../../components/templates/template-sample.tsx'
import { actOnForm } from '../../pages/template-actions.server.ts'
import { loadNewTemplate } from '../../pages/templates.server.ts'
import { shellText } from '../../text/shell.ts'
import { templatesText as text } from '../../text/templates.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(text.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  return await loadNewTemplate(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  return await actOnForm(context, actor, request, { templateId: null })
}

export default function NewTemplate() {
  const { values, image, sample, isRead, pictureLeft } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: text.title, to: '/administracion/plantillas' }, { label: text.newTitle }]} />
        <PageHeader title={text.newTitle} state={text.newState} />
      </div>
      {isRead && (
        <Alert variant="info" className="reading">
          {text.read} {pictureLeft && text.pictureLeft}
        </Alert>
      )}
      <TemplateForm key={sample?.query} values={values} image={image} answer={answer} isNew save={text.save} />
      {sample && <TemplateSample sample={sample} name={values.name ?? ''} />}
    </VStack>
  )
}
