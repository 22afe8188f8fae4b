import { BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { type FrontEntity, listFront } from '../../../db/front.ts'
import { Shield } from '../../components/shield.tsx'
import { homeText } from '../../text/public.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(homeText.title) }]

export async function loader({ context }: LoaderFunctionArgs) {
  return { entities: await withoutEntity(context.publicDb, listFront) }
}

export default function Home() {
  const { entities } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <VStack gap="space-16" className="reading">
        <Heading level="1" size="xlarge">
          {homeText.title}
        </Heading>
        <BodyLong size="large">{homeText.intro}</BodyLong>
        <div>
          <Button as={Link} to="/datos-abiertos">
            {homeText.openData}
          </Button>
        </div>
      </VStack>
      {entities.length === 0 && <BodyLong>{homeText.none}</BodyLong>}
      <div className="cards">
        {entities.map((entity) => (
          <EntityCard key={entity.id} entity={entity} />
        ))}
      </div>
    </VStack>
  )
}

function EntityCard({ entity }: { entity: FrontEntity }) {
  return (
    <section className="card" aria-labelledby={`entidad-${entity.id}`}>
      <VStack gap="space-16">
        <HStack gap="space-12" align="center" wrap={false}>
          <Shield hash={entity.shieldHash} />
          <Heading level="2" size="medium" id={`entidad-${entity.id}`}>
            {entity.name}
          </Heading>
        </HStack>
        <div>
          <Heading level="3" size="xsmall">
            {homeText.current}
          </Heading>
          <BodyLong>{cycleSentence(entity.cycle)}</BodyLong>
        </div>
        <div>
          <Heading level="3" size="xsmall">
            {homeText.published}
          </Heading>
          <Releases releases={entity.releases} />
        </div>
      </VStack>
    </section>
  )
}

function Releases({ releases }: { releases: FrontEntity['releases'] }) {
  if (releases.length === 0) return <BodyLong>{homeText.nothingPublished}</BodyLong>
  return (
    <ul className="links">
      {releases.map((release) => (
        <li key={release.slug}>
          <Link to={`/datos-abiertos/${release.slug}`}>{release.title}</Link>
          <span className="quiet">
            {release.withdrawn ? homeText.withdrawn : homeText.version(release.version, release.publishedOn)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function cycleSentence(cycle: FrontEntity['cycle']): string {
  if (!cycle) return homeText.noCycle
  return [homeText.cycle(cycle.vigencia, cycle.approved), cycle.step && homeText.step(cycle.step)]
    .filter(Boolean)
    .join(' ')
}
