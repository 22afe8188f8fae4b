import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { Breaks } from '../../components/variables/breaks.tsx'
import { Evolution } from '../../components/variables/evolution.tsx'
import { Scores, Versions } from '../../components/variables/histories.tsx'
import { loadVariable } from '../../pages/variable.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { variablesText as words } from '../../text/variables.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(data?.name ?? words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const chosen = new URL(request.url).searchParams.getAll('ejercicio')
  return await loadVariable(context, actor, params.codigo ?? '', chosen)
}

/** One variable: what it means, how it went from vigencia to vigencia, and what interrupts or joins that series. */
export default function VariablePage() {
  const { code, name, head, facts, evolution, exercises, breaks, versions, scores } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title, to: '/variables' }, { label: name }]} />
        <PageHeader title={name} state={head} />
      </div>
      <Definition facts={facts} />
      <Evolution evolution={evolution} exercises={exercises} />
      <Breaks code={code} breaks={breaks} />
      <Versions versions={versions} />
      <Scores scores={scores} />
    </VStack>
  )
}

function Definition({ facts }: { facts: ReturnType<typeof useLoaderData<typeof loader>>['facts'] }) {
  const { definition: labels } = words
  const shown: Fact[] = [
    [labels.definition, facts.definition],
    [labels.unit, facts.unit],
    [labels.periodicity, facts.periodicity],
    [labels.sensitive, facts.sensitive],
    [labels.values, facts.values.join(', ') || labels.open],
  ]
  return (
    <Section id="definicion" title={labels.title}>
      <div className="reading">
        <Facts facts={shown} layout="described" />
      </div>
    </Section>
  )
}
