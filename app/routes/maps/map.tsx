import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { MapDrawing } from '../../components/maps/map-drawing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadMap } from '../../pages/maps.server.ts'
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

export default function MapPage() {
  const map = useLoaderData<typeof loader>()
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
      <MapDrawing drawing={map.drawing} divisions={map.divisions} total={map.divisionCount} />
      <Facts layout="facts" facts={facts} />
    </VStack>
  )
}
