import { Alert, BodyLong, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DisposalItems } from '../../components/disposal/disposal-items.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnProposal, loadProposal } from '../../pages/disposals.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { disposalText as words } from '../../text/disposal.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.propose) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadProposal(context, actor, requireId(params.ejercicio, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnProposal(context, actor, requireId(params.ejercicio, context), request)
}

/** Everything that would go of an ended cycle, and the minutes by which it is proposed. */
export default function ProposeDisposal() {
  const { name, series, disposition, keptUntil, contentHash, formKey, items, count, bytes } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const field = fieldsOf('propuesta', answer)
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title, to: '/disposicion' }, { label: words.propose }]} />
        <PageHeader title={words.proposeTitle(name)} state={words.proposeState(series, keptUntil)} />
      </div>
      {disposition === 'S' && (
        <Alert variant="warning" inline>
          {words.selection}
        </Alert>
      )}
      <Section id="acta" title={words.minutesTitle}>
        <VStack gap="space-16" className="reading">
          <BodyLong>{words.minutesIntro}</BodyLong>
          <AdminForm
            code="propuesta"
            answer={answer}
            submit={words.submit}
            hidden={{ formKey, contentHash }}
            cancelTo="/disposicion"
            danger
          >
            <TextField {...field('minutesNumber')} label={words.minutesNumber} autoComplete="off" />
            <NativeField {...field('minutesDate')} type="date" label={words.minutesDate} />
          </AdminForm>
        </VStack>
      </Section>
      <Section id="inventario" title={words.inventory}>
        <VStack gap="space-16">
          <BodyLong>{words.inventoryState(count, bytes)}</BodyLong>
          <DisposalItems items={items} />
          <ListFiles list="inventory" />
        </VStack>
      </Section>
    </VStack>
  )
}
