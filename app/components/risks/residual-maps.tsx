import { BodyLong } from '@navikt/ds-react'
import { Link, useSearchParams } from '@remix-run/react'
import type { PlaceName } from '../../../domain/risks.ts'
import type { HeatMapRows } from '../../pages/risks.server.ts'
import { risksText as words } from '../../text/risks.ts'
import { ChipLinks } from '../chip-links.tsx'
import { listAddress } from '../list-address.ts'
import { HeatMap } from './heat-map.tsx'

interface Props {
  place: PlaceName
  maps: { place: PlaceName; map: HeatMapRows }[]
  /** Risks that are demonstrably left with more than is declared. */
  rising: number
}

/** What the controls declare and what is demonstrated of it, side by side where there is room (features D7, N4). */
export function ResidualMaps({ place, maps, rising }: Props) {
  const [search] = useSearchParams()
  const to = (changed: Record<string, string | null>) =>
    listAddress('/riesgos', search, { p: null, i: null, suben: null, ...changed })
  const isInherent = place === 'inherent'
  return (
    <>
      <ChipLinks
        label={words.mapLabel}
        chips={[
          { label: words.views.residual, current: !isInherent, to: to({ momento: null }) },
          { label: words.views.inherent, current: isInherent, to: to({ momento: 'inherent' }) },
        ]}
      />
      {rising > 0 ? (
        <Link className="row-link" to={`${to({ momento: null, suben: '1' })}#riesgos`}>
          {words.rising(rising)}
        </Link>
      ) : (
        <BodyLong>{words.noneRises}</BodyLong>
      )}
      <div className="map-pair">
        {maps.map((one) => (
          <div key={one.place}>
            <BodyLong>{words.placeHelp[one.place]}</BodyLong>
            <HeatMap
              caption={words.mapCaption(words.places[one.place])}
              map={one.map}
              to={(p, i) => `${to({ momento: one.place, p: String(p), i: String(i) })}#riesgos`}
            />
          </div>
        ))}
      </div>
    </>
  )
}
