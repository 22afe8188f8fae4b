import { Alert, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { MapDrawing } from '../../components/maps/map-drawing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Withdrawal } from '../../components/withdrawal.tsx'
import { loadMap, withdrawOne } from '../../pages/maps.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { mapsText } from '../../text/maps.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.name ?? mapsText.title) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadMap(context, actor, requireId(params.mapa, context))
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await withdrawOne(context, actor, requireId(params.mapa, context), await request.formData())
}

export default function MapPage() {
  const map = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const facts: Fact[] = [
    [mapsText.madeFrom, map.fileName],
    [mapsText.codeFrom, map.codeProperty],
    [mapsText.nameFrom, map.nameProperty],
    [mapsText.keptBy, map.kept],
    [
      mapsText.hash,
      <code key="huella" className="breakable">
        {map.hash}
      </code>,
    ],
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: mapsText.title, to: '/mapas' }, { label: map.name }]} />
        <PageHeader title={map.name} state={mapsText.mapState(map.version, map.divisionCount)} />
        <DoneNotice sentences={mapsText.done} />
      </div>
      {map.withdrawn && (
        <Alert variant="warning" className="reading">
          {map.withdrawn} <span className="typed">{map.withdrawnReason}</span>
        </Alert>
      )}
      <MapDrawing drawing={map.drawing} divisions={map.divisions} total={map.divisionCount} />
      <Facts layout="facts" facts={facts} />
      {map.mayWithdraw && <Withdrawal answer={answer} words={mapsText.withdrawal} />}
    </VStack>
  )
}
