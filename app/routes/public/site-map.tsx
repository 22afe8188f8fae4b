import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { MetaFunction } from '@remix-run/node'
import { Link } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { siteMapText } from '../../text/public.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(siteMapText.title) }]

export default function SiteMap() {
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: siteMapText.title }]} />
        <Heading level="1" size="large">
          {siteMapText.title}
        </Heading>
      </div>
      <BodyLong>{siteMapText.intro}</BodyLong>
      <ul className="links">
        {siteMapText.pages.map(({ to, label, about }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
            <span className="quiet">{about}</span>
          </li>
        ))}
      </ul>
    </VStack>
  )
}
