import { VStack } from '@navikt/ds-react'
import { mapsText } from '../../text/maps.ts'
import { partsText } from '../../text/parts.ts'
import { DataTable } from '../data-table.tsx'

interface Props {
  /** Made by `mapPicture`. */
  drawing: { svg: string; alt: string }
  /** The first ones. */
  divisions: { code: string; name: string }[]
  total: number
}

/** The divisions of a map as they are drawn, and as a list. */
export function MapDrawing({ drawing, divisions, total }: Props) {
  const { listColumns: columns } = mapsText
  return (
    <VStack gap="space-16">
      <section
        className="scroll-region"
        aria-label={partsText.scrollHint(drawing.alt)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
        <div className="figure__chart" dangerouslySetInnerHTML={{ __html: drawing.svg }} />
      </section>
      <details className="divisions">
        <summary>{mapsText.listed(divisions.length, total)}</summary>
        <DataTable
          caption={mapsText.list}
          hideCaption
          rows={divisions}
          rowKey={({ code }) => code}
          columns={[
            { key: 'code', header: columns.code, rowHeader: true, cell: ({ code }) => code },
            { key: 'name', header: columns.name, cell: ({ name }) => name },
          ]}
        />
      </details>
    </VStack>
  )
}
