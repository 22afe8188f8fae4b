import { BodyLong, Select, TextField, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { DOCUMENT_TYPES } from '../../../catalog/document-types.ts'
import { WITHOUT_DOCUMENT } from '../../../domain/citizens.ts'
import { AdminForm } from '../../components/admin-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { RecordTable } from '../../components/capture/record-table.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { fieldsOf } from '../../components/form-fields.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { loadRecords } from '../../pages/capture.server.ts'
import { actOnSearch } from '../../pages/capture-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { captureText, formName, recordsText as words } from '../../text/capture.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRecords(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnSearch(context, actor, await request.formData())
}

export default function Records() {
  const { rows, next, places } = useLoaderData<typeof loader>()
  const isOpen = places.length > 0
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: captureText.title, to: '/captura' }, { label: words.title }]} />
        <PageHeader title={words.title} state={isOpen ? words.intro : undefined} />
      </div>
      {!isOpen && <EmptyState title={captureText.closedTitle}>{captureText.closed('')}</EmptyState>}
      {isOpen && <Search />}
      {places.length > 1 && <Which places={places} />}
      {rows.length > 0 && <RecordTable caption={words.caption} rows={rows} />}
      {isOpen && rows.length === 0 && <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>}
      <Pagination next={next} />
      {isOpen && <ListFiles list="captured" />}
    </VStack>
  )
}

type Place = ReturnType<typeof useLoaderData<typeof loader>>['places'][number]

function Which({ places }: { places: Place[] }) {
  const [search] = useSearchParams()
  const asked = search.get('acceso')
  const chips = [
    { label: words.all, to: '/captura/registros', current: asked === null },
    ...places.map(({ scope, pointName, form }) => ({
      label: `${formName[form]} · ${pointName}`,
      to: `/captura/registros?acceso=${encodeURIComponent(scope)}`,
      current: asked === scope,
    })),
  ]
  return <ChipLinks label={words.whichLabel} chips={chips} />
}

/** Sent, never in an address: a document number is nobody's bookmark. */
function Search() {
  const answer = useActionData<typeof action>()
  const field = fieldsOf('buscar', answer)
  return (
    <Section id="buscar" title={words.searchTitle}>
      <AdminForm code="buscar" answer={answer} submit={words.find} secondary>
        <BodyLong>{words.searchHelp}</BodyLong>
        <Select {...field('type')} label={words.type}>
          {DOCUMENT_TYPES.filter(({ code }) => code !== WITHOUT_DOCUMENT)
            .toSorted((a, b) => Number(b.code === 'CC') - Number(a.code === 'CC'))
            .map(({ code, label }) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
        </Select>
        <TextField {...field('number')} label={words.number} autoComplete="off" />
      </AdminForm>
      {answer?.found && (
        <div role="status" className="found">
          {answer.found.length === 0 ? (
            <BodyLong>{words.nobody}</BodyLong>
          ) : (
            <RecordTable caption={words.found} rows={answer.found} />
          )}
        </div>
      )}
    </Section>
  )
}
