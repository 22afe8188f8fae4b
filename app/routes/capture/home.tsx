import { BodyLong, BodyShort, Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { GrantChip } from '../../components/state-chip.tsx'
import { loadDesk } from '../../pages/capture.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { FORM_ADDRESSES, formName, captureText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadDesk(context, await requireActor(request, context))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** Where this person may capture today, and what they did. */
export default function CaptureHome() {
  const { places, drafts, heads, held } = useLoaderData<typeof loader>()
  const isOpen = places.length > 0
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={isOpen ? words.intro : undefined} />
        <DoneNotice sentences={words.done} />
      </div>
      {!isOpen && <Closed heads={heads} held={held} />}
      {places.map((place) => (
        <Place key={place.id} place={place} />
      ))}
      {drafts.length > 0 && <Unfinished drafts={drafts} />}
    </VStack>
  )
}

function Place({ place }: { place: Loaded['places'][number] }) {
  const { id, code, pointName, form, endsOn, scope, captured, declined } = place
  return (
    <Section id={`acceso-${id}`} title={`${formName[form]} · ${pointName}`}>
      <VStack gap="space-12">
        <BodyShort>
          <strong>{words.today(captured, declined)}</strong>
        </BodyShort>
        <BodyShort className="quiet">
          <Link to={`/accesos/${id}`}>{`${words.access} ${code}`}</Link>. {words.until(endsOn)}
        </BodyShort>
        <HStack gap="space-16" wrap>
          <Button
            as={Link}
            to={`/captura/${FORM_ADDRESSES[form]}?acceso=${id}`}
            aria-label={words.newRecordOf(formName[form], pointName)}
          >
            {words.newRecord}
          </Button>
          <Button as={Link} variant="secondary" to={`/captura/registros?acceso=${encodeURIComponent(scope)}`}>
            {words.records}
          </Button>
        </HStack>
      </VStack>
    </Section>
  )
}

function Unfinished({ drafts }: { drafts: Loaded['drafts'] }) {
  return (
    <Section id="sin-terminar" title={words.unfinished}>
      <BodyLong spacing>{words.unfinishedHelp}</BodyLong>
      <ul className="plain-list">
        {drafts.map(({ id, form, pointName, isCorrection, savedAt }) => (
          <li key={id}>
            <Link
              className="row-link"
              to={`/captura/${FORM_ADDRESSES[form]}/${id}/revise`}
              aria-label={words.goOnOf(formName[form], savedAt)}
            >
              {words.goOn}
            </Link>{' '}
            {words.unfinishedOf(formName[form], pointName, savedAt)}
            {isCorrection && ` · ${words.correcting}`}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Closed({ heads, held }: Pick<Loaded, 'heads' | 'held'>) {
  const all = (
    <Link className="row-link" to="/accesos?de=mios">
      {words.seeAccesses}
    </Link>
  )
  return (
    <>
      <EmptyState title={words.closedTitle} action={all}>
        {words.closed(heads.join(', '))}
      </EmptyState>
      {held.length > 0 && (
        <Section id="accesos" title={words.closedHeld}>
          <ul className="plain-list">
            {held.map(({ id, code, pointName, startsOn, endsOn, status }) => (
              <li key={id}>
                <Link to={`/accesos/${id}`} aria-label={accessText.open(code)}>
                  {code}
                </Link>{' '}
                {pointName}, {accessText.days(startsOn, endsOn)} <GrantChip status={status} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
