import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PackChoice } from '../../components/audit/pack-choice.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CheckedOutside } from '../../components/checked-outside.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { loadVerification } from '../../pages/audit.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText, verificationText as words } from '../../text/audit.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadVerification(context, actor, new URL(request.url).searchParams)
}

/** How far the log is sealed, and what to keep outside so that it can be checked without trusting whoever runs it. */
export default function Verification() {
  const { log, isLate, keys, checkpoints, packs, day } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: auditText.title, to: '/auditoria' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={
            <>
              {words.intro} <strong>{auditText.state(log)}</strong>
            </>
          }
        />
      </div>
      {isLate && log.waitingSince && <Alert variant="warning">{words.late(log.waitingSince)}</Alert>}
      <PackChoice {...packs} />
      <CheckedOutside title={words.how} steps={words.steps} keys={keys} keysHelp={words.keysHelp} />
      <Section id="huellas" title={words.leaves}>
        <BodyLong className="quiet">{words.leavesHelp}</BodyLong>
        <form method="get" action="/auditoria/huellas">
          <VStack gap="space-16" align="start">
            <NativeField
              type="date"
              label={words.day}
              name="dia"
              size="small"
              required
              defaultValue={day?.typed}
              error={day?.fault}
            />
            <Button type="submit" variant="secondary" size="small">
              {words.takeLeaves}
            </Button>
          </VStack>
        </form>
      </Section>
      <Section id="puntos" title={words.checkpoints}>
        {checkpoints.rows.length === 0 && <BodyLong>{words.empty}</BodyLong>}
        {checkpoints.rows.length > 0 && (
          <DataTable
            caption={words.caption}
            columns={COLUMNS}
            rows={checkpoints.rows}
            rowKey={({ size }) => String(size)}
          />
        )}
        <Pagination next={checkpoints.next} />
        <ListFiles list="checkpoints" />
      </Section>
    </VStack>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['checkpoints']['rows'][number]

const COLUMNS: Column<Row>[] = [
  { key: 'firmado', header: words.signedAt, cell: ({ signedAt }) => formatInstant(signedAt), rowHeader: true },
  { key: 'hechos', header: words.size, numeric: true, cell: ({ size }) => formatNumber(size) },
  { key: 'raiz', header: words.root, cell: ({ root }) => <HashShort hash={root} purpose={words.root} /> },
  { key: 'llave', header: words.key, cell: ({ keyId }) => <code>{keyId}</code> },
  {
    key: 'nota',
    header: words.note,
    cell: ({ size }) => (
      <a href={`/auditoria/puntos/${size}`} aria-label={words.downloadOf(size)}>
        {words.download}
      </a>
    ),
  },
  {
    key: 'crecimiento',
    header: words.growth,
    cell: ({ size }) => (
      <a href={`/auditoria/puntos/${size}/crecimiento`} aria-label={words.growthOf(size)}>
        {words.download}
      </a>
    ),
  },
]
