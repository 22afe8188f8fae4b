import { VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { typedIn } from '../../administration.server.ts'
import { loadAsForwarder, requireForwarder } from '../../collectors.server.ts'
import { nameCollector } from '../../commands/keep-collectors.server.ts'
import { CollectorForm } from '../../components/collectors/collector-form.tsx'
import { CollectorPage } from '../../components/collectors/collector-page.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { hasSections, invalidCollector } from '../../pages/collectors.server.ts'
import { completed } from '../../pages/outside-forms.server.ts'
import { COLLECTOR_FORM, COLLECTORS, collectorsCrumb, collectorText as words } from '../../text/collectors.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadAsForwarder(request, context, async (_, actor) => ({ hasSections: hasSections(actor) }))
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireForwarder(request, context)
  const typed = completed(await typedIn(request))
  const change = await nameCollector(context, actor, typed)
  if (!change.ok) return invalidCollector(COLLECTOR_FORM, change.problems, typed)
  return redirect(`${COLLECTORS}/${change.saved.id}?hecho=definido`)
}

export default function NewCollector() {
  const { hasSections } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <CollectorPage hasSections={hasSections} crumbs={[collectorsCrumb, { label: words.newTitle }]}>
      <VStack gap="space-24">
        <PageHeader title={words.newTitle} state={words.newState} />
        <CollectorForm answer={answer} cancelTo={COLLECTORS} />
      </VStack>
    </CollectorPage>
  )
}
