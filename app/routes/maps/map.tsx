import { Alert, BodyLong, Textarea, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { MapDrawing } from '../../components/maps/map-drawing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
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
      {map.mayWithdraw && (
        <Section id="retiro" title={mapsText.withdrawTitle}>
          <BodyLong className="reading" spacing>
            {mapsText.withdrawIntro}
          </BodyLong>
          <AdminForm code="retiro" answer={answer} submit={mapsText.withdraw} danger>
            <Textarea {...fieldsOf('retiro', answer)('reason')} label={mapsText.withdrawReason} minRows={2} />
          </AdminForm>
        </Section>
      )}
    </VStack>
  )
}
