import { BodyLong, VStack } from '@navikt/ds-react'
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
  return await loadVariable(context, actor, params.codigo ?? '')
}

/** One variable: what it means, how it went from vigencia to vigencia, and what interrupts or joins that series. */
export default function VariablePage() {
  const { code, name, head, facts, evolution, breaks, versions, scores } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title, to: '/variables' }, { label: name }]} />
        <PageHeader title={name} state={head} />
      </div>
      <Definition facts={facts} />
      <Evolution evolution={evolution} />
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
  ]
  return (
    <Section id="definicion" title={labels.title}>
      <Facts facts={shown} layout="described" />
      <BodyLong weight="semibold">{labels.values}</BodyLong>
      {facts.values.length === 0 ? (
        <BodyLong>{labels.open}</BodyLong>
      ) : (
        <ul className="chips">
          {facts.values.map((value) => (
            <li key={value}>{value}</li>
          ))}
        </ul>
      )}
    </Section>
  )
}
