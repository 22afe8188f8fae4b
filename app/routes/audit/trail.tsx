import { Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EVENT_KINDS } from '../../../domain/event-kinds.ts'
import { STEP_CODES } from '../../../domain/procedures.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { TimelineFilterForm } from '../../components/timeline-filters.tsx'
import { loadTrail } from '../../pages/audit.server.ts'
import { requireActor } from '../../session.server.ts'
import { asOfText } from '../../text/as-of.ts'
import { auditText as words } from '../../text/audit.ts'
import { samplesText } from '../../text/audit-samples.ts'
import { controlAddress } from '../../text/automatic-checks.ts'
import { COLLECTORS, collectorsText } from '../../text/collectors.ts'
import { disposalText } from '../../text/disposal.ts'
import { readingsText } from '../../text/readings.ts'
import { shellText } from '../../text/shell.ts'
import { timelineText } from '../../text/timeline.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadTrail(context, actor, new URL(request.url).searchParams)
}

const PLACES = [
  { to: '/auditoria/muestras', label: samplesText.link },
  { to: '/auditoria/a-la-fecha', label: asOfText.link },
  { to: '/accesos/lecturas', label: readingsText.link },
  { to: '/disposicion', label: disposalText.title },
  { to: '/auditoria/verificacion', label: words.verification },
]
const COLLECTING = { to: COLLECTORS, label: collectorsText.link }

/** Everything that happened, for whoever audits it: read-only. */
export default function Trail() {
  const { filters, actors, lines, next, log, intact, mayForward } = useLoaderData<typeof loader>()
  const isFiltered = Object.keys(filters).length > 0
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={
            <>
              {words.intro} <strong>{words.state(log)}</strong> {intact}{' '}
              <Link to={controlAddress('log_intact')}>{words.check}</Link>
            </>
          }
          action={
            <HStack gap="space-8" wrap>
              {[...PLACES, ...(mayForward ? [COLLECTING] : [])].map(({ to, label }) => (
                <Button key={to} as={Link} to={to} variant="secondary">
                  {label}
                </Button>
              ))}
            </HStack>
          }
        />
      </div>
      <Section id="bitacora" title={words.trail}>
        <TimelineFilterForm
          filters={filters}
          kinds={EVENT_KINDS}
          steps={STEP_CODES}
          actors={actors}
          section="bitacora"
        />
        {lines.length === 0 && <p>{isFiltered ? timelineText.nothing : words.empty}</p>}
        <Timeline lines={lines} />
        <Pagination next={next} />
        <ListFiles list="trail" />
      </Section>
    </VStack>
  )
}
