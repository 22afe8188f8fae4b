import { Link } from '@remix-run/react'
import type { HeatMapRows } from '../../pages/risks.server.ts'
import { risksText as words } from '../../text/risks.ts'

interface Props {
  caption: string
  map: HeatMapRows
  /** Address of the risks of a cell; none where there is nothing to open. */
  to?: (probability: number, impact: number) => string
}

/** A table of its own: number and word of the zone in every cell, never its colour alone; a cell with risks leads to them. */
export function HeatMap({ caption, map, to }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll-region" aria-label={caption} tabIndex={0}>
      <table className="heat-map">
        <caption className="caption">{caption}</caption>
        <thead>
          <tr>
            <td className="heat-map__corner">
              {words.probability} ↓ {words.impact} →
            </td>
            {map.columns.map(({ name, percent }) => (
              <th key={name} scope="col" className="heat-map__name">
                {name} <span className="quiet block">{percent} %</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map((row) => (
            <tr key={row.name}>
              <th scope="row" className="heat-map__name">
                {row.name} <span className="quiet block">{row.percent} %</span>
              </th>
              {row.cells.map(({ impact, name, risks, zone }) => (
                <td key={name} className="heat-map__cell" data-zone={zone.code}>
                  {risks > 0 && !to ? (
                    <span className="heat-map__here">
                      <strong>{words.here}</strong> {zone.name}
                    </span>
                  ) : risks > 0 && to ? (
                    <Link
                      className="heat-map__link"
                      to={to(row.probability, impact)}
                      aria-label={words.cell(risks, row.name, name, zone.name)}
                    >
                      <strong className="heat-map__count">{risks}</strong> {zone.name}
                    </Link>
                  ) : (
                    <span className="heat-map__none">{zone.name}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
