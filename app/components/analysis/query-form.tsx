import { Button, Heading, HStack, Radio, RadioGroup, Select, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { AnalysisVariable, Asked } from '../../pages/analysis.server.ts'
import { analysisText } from '../../text/analysis.ts'
import { mapsText } from '../../text/maps.ts'
import { EnterShows, RuleFields } from '../rules/rule-fields.tsx'
import type { BuiltRule } from '../rules/rule-query.ts'
import { VariableOptions } from '../rules/variable-options.tsx'
import type { AnalysisQuery } from './analysis-query.ts'

interface Props {
  query: AnalysisQuery
  sources: { id: string; name: string }[]
  sourceId: string
  asked: Asked | null
  /** Codes of the charts that draw what is asked. */
  charts: string[]
  /** Maps that have a place for the values of what is asked. */
  maps: { hash: string; name: string }[]
  variables: AnalysisVariable[]
  faults: BuiltRule['faults']
}

/** What to count, as a plain GET form: the address holds everything, so a view can be kept and sent to somebody. */
export function QueryForm({ query, sources, sourceId, asked, charts, maps, variables, faults }: Props) {
  const busy = useNavigation().state === 'loading'
  const { variable = '', cross, layers, chart, base } = asked ?? {}
  const isFiltered = query.groups.some((group) => group.some((condition) => condition.variable !== ''))
  return (
    <Form method="get" className="query" preventScrollReset key={JSON.stringify([query, sourceId, asked])}>
      <EnterShows label={analysisText.show} />
      <VStack gap="space-24">
        <Heading level="2" size="small">
          {analysisText.ask}
        </Heading>
        {sources.length > 1 ? (
          <Select name="fuente" label={analysisText.source} defaultValue={sourceId}>
            {sources.map((source) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
          </Select>
        ) : (
          <input type="hidden" name="fuente" value={sourceId} />
        )}
        <Select name="variable" label={analysisText.variable} defaultValue={variable}>
          <VariableOptions variables={variables} />
        </Select>
        <Select name="cruce" label={analysisText.cross} defaultValue={cross ?? ''}>
          <option value="">{analysisText.noCross}</option>
          <VariableOptions variables={variables} />
        </Select>
        <Select
          name="capas"
          label={analysisText.layers}
          description={analysisText.layersWhy}
          defaultValue={layers ?? ''}
        >
          <option value="">{analysisText.noLayers}</option>
          <VariableOptions variables={variables} />
        </Select>
        <RadioGroup name="grafica" legend={analysisText.chart} defaultValue={chart} size="small">
          {charts.map((code) => (
            <Radio key={code} value={code}>
              {analysisText.charts[code as keyof typeof analysisText.charts]}
            </Radio>
          ))}
        </RadioGroup>
        <MapChoice maps={maps} chosen={asked?.map ?? ''} />
        {cross && (
          <Select name="porcentajes" label={analysisText.base} defaultValue={base}>
            {Object.entries(analysisText.bases).map(([code, label]) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </Select>
        )}
        <section aria-labelledby="filtro">
          <VStack gap="space-8">
            <Heading level="3" size="xsmall" id="filtro">
              {analysisText.filter}
            </Heading>
            <p className="quiet">{analysisText.filterWhy}</p>
            <RuleFields groups={query.groups} variables={variables} faults={faults} />
          </VStack>
        </section>
        <HStack gap="space-16" wrap>
          <Button type="submit" loading={busy}>
            {analysisText.show}
          </Button>
          {(isFiltered || cross) && (
            <Button
              as={Link}
              variant="tertiary"
              to={`?${new URLSearchParams({ fuente: sourceId, variable })}`}
              preventScrollReset
            >
              {analysisText.clear}
            </Button>
          )}
        </HStack>
      </VStack>
    </Form>
  )
}

/** Which map, where several fit; where none does, how one gets there. */
function MapChoice({ maps, chosen }: { maps: Props['maps']; chosen: string }) {
  const [only, ...others] = maps
  if (!only)
    return (
      <p className="quiet">
        {analysisText.noMap} <Link to="/mapas">{mapsText.link}</Link>
      </p>
    )
  if (others.length === 0) return null
  return (
    <Select name="mapa" label={analysisText.map} defaultValue={chosen}>
      {maps.map(({ hash, name }) => (
        <option key={hash} value={hash}>
          {name}
        </option>
      ))}
    </Select>
  )
}
