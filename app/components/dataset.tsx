import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { openDataText as text } from '../text/open-data.ts'
import { DataTable } from './data-table.tsx'
import { type Fact, Facts } from './facts.tsx'
import { ReleaseChip } from './state-chip.tsx'
import { SuppressedCell } from './suppressed-cell.tsx'

/** A release as its public page gets it. */
interface Release {
  slug: string
  version: number
  entity: string
  snapshotHash: string
  releaseHash: string
  publishedAt: Date | string
  metadata: {
    licence: { label: string }
    periodFrom: string
    periodTo: string
    frequency: string
    agency: string
    email: string
    keywords: string[]
    menu: string
  }
  files: { name: string; kind: string; bytes: number; sha256: string }[]
  versions: { version: number; status: string; publishedAt: Date | string; changeNote: string }[]
}

/** A part of the page of a dataset, under its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <VStack gap="space-12">
        <Heading level="2" size="medium">
          {title}
        </Heading>
        {children}
      </VStack>
    </section>
  )
}

export function Files({ release }: { release: Release }) {
  const address = `/datos-abiertos/${release.slug}/${release.version}`
  return (
    <Part title={text.files}>
      <DataTable
        caption={text.files}
        hideCaption
        rows={release.files}
        rowKey={(file) => file.name}
        columns={[
          {
            key: 'file',
            header: text.fileColumns.file,
            rowHeader: true,
            cell: (file) => (
              <a href={`${address}/${file.name}`} download>
                {text.fileKinds[file.kind]}
              </a>
            ),
          },
          { key: 'size', header: text.fileColumns.size, numeric: true, cell: (file) => text.size(file.bytes) },
          {
            key: 'hash',
            header: text.fileColumns.hash,
            cell: (file) => <code className="breakable">{file.sha256}</code>,
          },
        ]}
      />
    </Part>
  )
}

export function DatasetFacts({ release, address }: { release: Release; address: string }) {
  const { metadata } = release
  const facts: Fact[] = [
    [text.entity, release.entity],
    [text.licence, metadata.licence.label],
    [text.period, text.periodValue(metadata.periodFrom, metadata.periodTo)],
    [text.frequency, text.frequencyValue(metadata.frequency)],
    [text.updated, text.instant(release.publishedAt)],
    [
      text.contact,
      <span key="contact">
        {metadata.agency}, <a href={`mailto:${metadata.email}`}>{metadata.email}</a>
      </span>,
    ],
    [text.keywords, metadata.keywords.join(', ')],
    [text.menu, metadata.menu],
    [
      text.address,
      <a key="address" className="breakable" href={address}>
        {address}
      </a>,
    ],
    [
      text.snapshot,
      <code key="snapshot" className="breakable">
        {release.snapshotHash}
      </code>,
    ],
    [
      text.release,
      <code key="release" className="breakable">
        {release.releaseHash}
      </code>,
    ],
  ]
  return (
    <Part title={text.about}>
      <Facts facts={facts} layout="facts" />
    </Part>
  )
}

interface PreviewTable {
  title: string
  header: string[]
  rows: { label: string; cells: (number | null)[] }[]
  total: number
}

export function Preview({ preview }: { preview: PreviewTable }) {
  const names = preview.header.slice(1)
  const width = preview.rows[0]?.cells.length ?? 0
  const headers = Array.from({ length: width }, (_, i) => names[i] ?? (names.length > 0 ? text.total : text.records))
  const hidden = preview.rows.some((row) => row.cells.includes(null))
  return (
    <Part title={text.preview}>
      <DataTable
        caption={preview.title}
        rows={preview.rows}
        rowKey={(row) => row.label}
        columns={[
          { key: 'label', header: preview.header[0] ?? '', rowHeader: true, cell: (row) => row.label },
          ...headers.map((header, i) => ({
            key: `c${i}`,
            header,
            numeric: true,
            cell: (row: PreviewTable['rows'][number]) => <SuppressedCell value={row.cells[i] ?? null} />,
          })),
        ]}
      />
      {hidden && <BodyLong size="small">{text.hiddenNote}</BodyLong>}
      {preview.total > preview.rows.length && <BodyLong size="small">{text.previewMore(preview.rows.length)}</BodyLong>}
    </Part>
  )
}

/** Addresses that programs read; they stay what they are. */
export function Machine({ release }: { release: Release }) {
  const { slug, version, files } = release
  const json = files.find(({ kind }) => kind === 'json')
  return (
    <Part title={text.machine}>
      <ul className="links">
        {json && (
          <li>
            <a href={`/datos-abiertos/${slug}/${version}/${json.name}`}>{text.machineLinks.json}</a>
          </li>
        )}
        <li>
          <a href={`/datos-abiertos/${slug}/catalogo.jsonld`}>{text.machineLinks.jsonld}</a>
        </li>
        <li>
          <a href={`/datos-abiertos/${slug}/catalogo.ttl`}>{text.machineLinks.ttl}</a>
        </li>
      </ul>
    </Part>
  )
}

export function Versions({ release }: { release: Release }) {
  return (
    <Part title={text.versions}>
      <DataTable
        caption={text.versions}
        hideCaption
        rows={release.versions}
        rowKey={(one) => String(one.version)}
        columns={[
          {
            key: 'version',
            header: text.versionColumns.version,
            rowHeader: true,
            cell: (one) => (
              <Link
                to={`/datos-abiertos/${release.slug}/${one.version}`}
                aria-current={one.version === release.version ? 'page' : undefined}
              >
                {text.version(one.version)}
              </Link>
            ),
          },
          {
            key: 'status',
            header: text.versionColumns.status,
            cell: (one) => <ReleaseChip status={one.status as 'published'} />,
          },
          { key: 'date', header: text.versionColumns.date, cell: (one) => text.instant(one.publishedAt) },
          { key: 'note', header: text.versionColumns.note, cell: (one) => one.changeNote },
        ]}
      />
    </Part>
  )
}

export function HowToVerify() {
  return (
    <Part title={text.howTo}>
      <ol className="reading">
        {text.howToSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <BodyLong className="reading">
        {text.howToReport} <Link to="/verificar">{text.verifyReport}</Link>
      </BodyLong>
    </Part>
  )
}
