import { BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ConfirmPlan } from '../../components/absences/confirm-plan.tsx'
import { PlanForm } from '../../components/absences/plan-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FindPerson } from '../../components/find-person.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { actOnNewAbsence } from '../../pages/absence-actions.server.ts'
import { loadNewAbsence } from '../../pages/absences.server.ts'
import { requireActor } from '../../session.server.ts'
import { absencesText, planText as words } from '../../text/absences.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadNewAbsence(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewAbsence(context, actor, await request.formData())
}

/** Plans an absence: whose, between which days, by which act, and who substitutes. */
export default function NewAbsence() {
  const { form, isFinding, ...finding } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const title = form?.person && !form.isOwn ? words.of(form.person.name) : words.title
  return (
    <>
      <Breadcrumbs crumbs={[{ label: absencesText.title, to: '/ausencias' }, { label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={title} state={words.state} />
        {isFinding && <FindPerson words={words} carried={{ persona: 'otra' }} {...finding} />}
        {form && (form.person === null || form.positions.length === 0) && <BodyLong>{words.noPosition}</BodyLong>}
        {answer?.rehearsed && <ConfirmPlan rehearsed={answer.rehearsed} values={answer.values} />}
        {form?.person && form.positions.length > 0 && (
          <PlanForm {...form} person={form.person} answer={answer} isRehearsed={answer?.rehearsed !== undefined} />
        )}
      </VStack>
    </>
  )
}
