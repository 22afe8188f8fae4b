import { Button, Checkbox, CheckboxGroup, Heading, HStack, Radio, RadioGroup, Select, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { AnalysisVariable, Asked } from '../../pages/analysis.server.ts'
import { analysisText } from '../../text/analysis.ts'
import { mapsText } from '../../text/maps.ts'
import { type AnalysisQuery, MAX_CONDITIONS } from './analysis-query.ts'

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
}

/** What to count, as a plain GET form: the address holds everything, so a view can be kept and sent to somebody. */
export function QueryForm({ query, sources, sourceId, asked, charts, maps, variables }: Props) {
  const busy = useNavigation().state === 'loading'
  const { conditions } = query
  const { variable = '', cross, layers, chart, base } = asked ?? {}
  const lines = Math.min(MAX_CONDITIONS, conditions.length + 1)
  return (
    <Form method="get" className="query" preventScrollReset key={JSON.stringify([query, sourceId, asked])}>
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
        <fieldset className="query__filter">
          <legend>{analysisText.filter}</legend>
          <p className="quiet">{analysisText.filterWhy}</p>
          {Array.from({ length: lines }, (_, i) => (
            <ConditionFields key={`c${String(i)}`} index={i} condition={conditions[i]} variables={variables} />
          ))}
        </fieldset>
        <HStack gap="space-16" wrap>
          <Button type="submit" loading={busy}>
            {analysisText.show}
          </Button>
          {(conditions.length > 0 || cross) && (
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

function VariableOptions({ variables }: { variables: AnalysisVariable[] }) {
  const groups = [
    { label: analysisText.prioritized, list: variables.filter((variable) => variable.isPrioritized) },
    { label: analysisText.others, list: variables.filter((variable) => !variable.isPrioritized) },
  ]
  return groups
    .filter((group) => group.list.length > 0)
    .map((group) => (
      <optgroup key={group.label} label={group.label}>
        {group.list.map((variable) => (
          <option key={variable.code} value={variable.code}>
            {variable.label}
          </option>
        ))}
      </optgroup>
    ))
}

interface ConditionProps {
  index: number
  condition: AnalysisQuery['conditions'][number] | undefined
  variables: AnalysisVariable[]
}

/** Variable first; its values appear once it is chosen. */
function ConditionFields({ index, condition, variables }: ConditionProps) {
  const filterable = variables.filter((variable) => variable.values.length > 0)
  const chosen = filterable.find((variable) => variable.code === condition?.variable)
  return (
    <fieldset className="query__condition">
      <legend className="aksel-sr-only">{analysisText.condition(index + 1)}</legend>
      <Select
        name={`f${index}`}
        label={`${analysisText.conditionVariable} ${index + 1}`}
        defaultValue={chosen?.code ?? ''}
        size="small"
      >
        <option value="">{analysisText.noCondition}</option>
        <VariableOptions variables={filterable} />
      </Select>
      {chosen && condition && (
        <>
          <input type="hidden" name={`f${index}de`} value={chosen.code} />
          <Select
            name={`f${index}o`}
            label={analysisText.operator}
            defaultValue={condition.op === 'neq' ? 'neq' : 'in'}
            size="small"
          >
            {Object.entries(analysisText.operators).map(([code, label]) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </Select>
          <CheckboxGroup
            legend={`${analysisText.values}: ${chosen.label}`}
            defaultValue={condition.values}
            size="small"
            className="query__values"
          >
            {chosen.values.map((value) => (
              <Checkbox key={value} name={`f${index}v`} value={value}>
                {value}
              </Checkbox>
            ))}
          </CheckboxGroup>
        </>
      )}
    </fieldset>
  )
}
