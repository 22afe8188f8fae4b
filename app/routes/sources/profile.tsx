import { Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { readInput } from '../../../domain/input-reading.ts'
import { RevealInput } from '../../../domain/inputs.ts'
import { revealColumn } from '../../commands/reveal-column.server.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { ColumnsTable } from '../../components/sources/profile/columns-table.tsx'
import { Distribution } from '../../components/sources/profile/distribution.tsx'
import { Reveal } from '../../components/sources/profile/reveal.tsx'
import { TableWarnings } from '../../components/sources/profile/table-warnings.tsx'
import { loadProfile, revealValues } from '../../pages/profile.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import { inputErrors } from '../../text/inputs.ts'
import { profileText, purposeNames } from '../../text/profile.ts'
import { shellText } from '../../text/shell.ts'
import { sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(profileText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadProfile(context, actor, requireId(params.ejercicio, context), requireId(params.fuente, context))
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const target = { cycleId: requireId(params.ejercicio, context), sourceId: requireId(params.fuente, context) }
  const values = revealValues(await request.formData())
  const read = readInput(RevealInput, values)
  if (!read.ok) {
    const errors = inputErrors(read.errors, (path) => REVEAL_FIELDS[path] ?? 'columna')
    return data({ errors, values, revealed: null }, { status: 422 })
  }
  const asked = read.input
  const cells = await revealColumn(context, actor, { ...target, ...asked })
  return data({
    errors: [],
    values: { column: '', purpose: '', reason: '' },
    revealed: { column: asked.column, cells },
  })
}

/** Names of the fields on the page, by those of the input. */
const REVEAL_FIELDS: Record<string, string> = { column: 'columna', purpose: 'finalidad', reason: 'motivo' }

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function SourceProfile() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { frame, source, profile, personal } = page
  const home = `/ejercicios/${frame.cycleId}`
  const here = `${home}/fuentes/${source.id}`
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs
          cycle={{ id: frame.cycleId, name: frame.cycleName }}
          crumbs={[
            { label: sourcesText.title, to: `${home}/fuentes` },
            { label: source.name, to: here },
            { label: profileText.crumb },
          ]}
        />
        <PageHeader
          title={profileText.title}
          state={profile ? profileText.state(profile.rows, profile.columns.length) : source.name}
        />
        {source.demoNote && <p className="quiet">{source.demoNote}</p>}
      </div>
      <TableWarnings warnings={page.warnings} />
      {profile ? (
        <Columns columns={profile.columns} />
      ) : (
        <EmptyState
          title={profileText.nothing}
          action={
            <Button as={Link} to={here}>
              {profileText.toSource}
            </Button>
          }
        >
          {profileText.nothingWhy}
        </EmptyState>
      )}
      {profile && personal.length > 0 && <Personal page={page} answer={answer} />}
    </VStack>
  )
}

function Columns({ columns }: { columns: NonNullable<Page['profile']>['columns'] }) {
  return (
    <>
      <Section id="resumen" title={profileText.summary}>
        <ColumnsTable columns={columns} />
      </Section>
      <Section id="valores" title={profileText.values}>
        <VStack gap="space-32">
          {columns
            .filter(({ bars }) => bars.length > 0)
            .map((column) => (
              <Distribution key={column.code} column={column} />
            ))}
        </VStack>
      </Section>
    </>
  )
}

function Personal({ page, answer }: { page: Page; answer: ReturnType<typeof useActionData<typeof action>> }) {
  const { whyNotReveal, personal, reveals } = page
  return (
    <>
      {whyNotReveal === null ? (
        <Reveal
          key={answer?.revealed?.column}
          personal={personal}
          errors={answer?.errors}
          values={answer?.values}
          revealed={answer?.revealed}
        />
      ) : (
        <Section id="revelar" title={profileText.reveal}>
          <p className="reading quiet">{whyNotReveal}</p>
        </Section>
      )}
      {reveals.length > 0 && (
        <Section id="consultas" title={profileText.reveals}>
          <DataTable
            caption={profileText.reveals}
            hideCaption
            rows={reveals}
            rowKey={(reveal) => reveal.id}
            columns={[
              { key: 'at', header: profileText.at, rowHeader: true, cell: (reveal) => formatInstant(reveal.at) },
              { key: 'by', header: profileText.by, cell: (reveal) => reveal.person },
              { key: 'column', header: profileText.column, cell: (reveal) => reveal.column },
              { key: 'purpose', header: profileText.purpose, cell: (reveal) => purposeNames[reveal.purpose] },
              { key: 'reason', header: profileText.reason, cell: (reveal) => reveal.reason },
            ]}
          />
        </Section>
      )}
    </>
  )
}
