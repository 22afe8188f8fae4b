import { BodyLong, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { loadEvent } from '../../pages/audit.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText, auditEventText as words } from '../../text/audit.ts'
import { formatSecond } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadEvent(context, actor, requireId(params.hecho, context))
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** One event with its proof. */
export default function TrailEvent() {
  const event = useLoaderData<typeof loader>()
  const { seal, changes, unnamed } = event
  const isProved = seal?.checkpoint
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: auditText.title, to: '/auditoria' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={event.sentence}
          action={
            isProved && (
              <Button as="a" href={`/auditoria/hechos/${event.id}/comprobante`}>
                {words.take}
              </Button>
            )
          }
        />
      </div>
      <Facts facts={factsOf(event)} layout="described" />
      {changes.length > 0 && (
        <DataTable caption={words.changes} columns={COLUMNS} rows={changes} rowKey={({ name }) => name} />
      )}
      {unnamed > 0 && <BodyLong className="quiet">{words.unnamed(unnamed)}</BodyLong>}
      <Section id="sello" title={words.seal}>
        {seal ? <Facts facts={factsOfSeal(seal)} layout="described" /> : <BodyLong>{words.waiting}</BodyLong>}
        {isProved && <BodyLong className="quiet">{words.takeHelp}</BodyLong>}
      </Section>
    </VStack>
  )
}

function factsOf(event: Page): Fact[] {
  const { personName, positionName, actingForName, cycleId, cycleName, stepCode, contentHash } = event
  return [
    [words.at, formatSecond(event.at)],
    [words.who, personName ?? words.nobody],
    ...(positionName ? [[words.position, positionName] satisfies Fact] : []),
    ...(actingForName ? [[words.actingFor, actingForName] satisfies Fact] : []),
    ...(cycleName
      ? [
          [
            words.cycle,
            <Link key="cycle" to={`/ejercicios/${cycleId}`}>
              {cycleName}
            </Link>,
          ] satisfies Fact,
        ]
      : []),
    ...(stepCode ? [[words.step, stepCode] satisfies Fact] : []),
    ...(contentHash ? [[words.content, <HashShort key="content" hash={contentHash} copy />] satisfies Fact] : []),
    [words.origin, words.origins[event.origin as keyof typeof words.origins]],
  ]
}

function factsOfSeal({ place, leaf, checkpoint }: NonNullable<Page['seal']>): Fact[] {
  return [
    [words.place, words.placeOf(place)],
    [words.leaf, <HashShort key="leaf" hash={leaf} purpose={words.leaf} copy />],
    [words.checkpoint, checkpoint ? words.checkpointOf(checkpoint.size, checkpoint.signedAt) : words.noCheckpoint],
  ]
}

type Change = Page['changes'][number]

const COLUMNS: Column<Change>[] = [
  { key: 'dato', header: words.field, cell: ({ name }) => name, rowHeader: true },
  { key: 'antes', header: words.before, cell: ({ before }) => before },
  { key: 'despues', header: words.after, cell: ({ after }) => after },
]
