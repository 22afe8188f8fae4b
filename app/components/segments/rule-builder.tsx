import { BodyLong, Button, Checkbox, CheckboxGroup, Heading, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { Condition } from '../../../domain/segments.ts'
import type { AnalysisVariable } from '../../pages/analysis.server.ts'
import type { SegmentAnswer } from '../../pages/segment-actions.server.ts'
import type { loadSegments } from '../../pages/segments.server.ts'
import { segmentsText } from '../../text/segments.ts'
import { errorOf } from '../form-errors.tsx'
import { type BuilderQuery, MAX_CHOICES, MAX_GROUPS } from './builder-query.ts'

type Work = Pick<
  NonNullable<Awaited<ReturnType<typeof loadSegments>>['work']>,
  'built' | 'edited' | 'explainable' | 'saveObjection' | 'sectors' | 'source' | 'suggestions' | 'variables'
>

export interface PartProps {
  query: BuilderQuery
  work: Work
  /** Id of the new row, made anew for each rendered form. */
  rowId: string
  answer: SegmentAnswer | undefined
}

/** A rule made of choices, as a plain GET form: the address holds everything and the size comes with each answer. */
export function RuleBuilder({
  query,
  work,
  sources,
  ...rest
}: PartProps & { sources: { id: string; name: string }[] }) {
  const busy = useNavigation().state === 'loading'
  const { edited, source, variables } = work
  return (
    <section className="card" aria-labelledby="definir">
      <VStack gap="space-24">
        <Heading level="2" size="medium" id="definir" tabIndex={-1}>
          {edited ? segmentsText.editing(edited.name) : segmentsText.builder}
        </Heading>
        <Form method="get" action="#definir" preventScrollReset key={JSON.stringify([query, source.id])}>
          <VStack gap="space-16">
            <BodyLong className="reading quiet">{segmentsText.builderWhy}</BodyLong>
            <Sources sources={sources} chosen={source.id} />
            {edited && <input type="hidden" name="segmento" value={edited.id} />}
            {query.groups.map((group, g) => (
              <Group key={`g${String(g)}`} group={group} at={g} variables={variables} />
            ))}
            <HStack gap="space-16" wrap>
              <Button type="submit" loading={busy}>
                {segmentsText.show}
              </Button>
              {query.groups.length < MAX_GROUPS && (
                <Button type="submit" name="mas" value="y" variant="secondary">
                  {segmentsText.addAnd}
                </Button>
              )}
              <Button as={Link} variant="tertiary" to={`?fuente=${source.id}#definir`}>
                {segmentsText.clear}
              </Button>
            </HStack>
          </VStack>
        </Form>
        <Keep query={query} work={work} {...rest} />
      </VStack>
    </section>
  )
}

function Sources({ sources, chosen }: { sources: { id: string; name: string }[]; chosen: string }) {
  if (sources.length < 2) return <input type="hidden" name="fuente" value={chosen} />
  return (
    <Select name="fuente" label={segmentsText.source} defaultValue={chosen}>
      {sources.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** Conditions of which one is enough. */
function Group({ group, at, variables }: { group: Condition[]; at: number; variables: AnalysisVariable[] }) {
  return (
    <fieldset className="query__filter">
      <legend>{segmentsText.groupAnd(at)}</legend>
      {group.map((condition, c) => (
        <Choice key={`c${String(c)}`} at={`g${at}c${c}`} n={c} condition={condition} variables={variables} />
      ))}
      {group.length < MAX_CHOICES && group.some(({ variable }) => variable !== '') && (
        <Button type="submit" name="mas" value={`o${at}`} variant="tertiary" size="small">
          {segmentsText.addOr}
        </Button>
      )}
    </fieldset>
  )
}

interface ChoiceProps {
  at: string
  /** From 0; later ones are told apart by «o». */
  n: number
  condition: Condition
  variables: AnalysisVariable[]
}

/** Variable first; its values appear once it is chosen. */
function Choice({ at, n, condition, variables }: ChoiceProps) {
  const listed = variables.filter((variable) => variable.values.length > 0)
  const chosen = listed.find((variable) => variable.code === condition.variable)
  return (
    <div className="query__condition">
      <Select
        name={at}
        label={n === 0 ? segmentsText.variable : `${segmentsText.or}: ${segmentsText.variable}`}
        defaultValue={chosen?.code ?? ''}
        size="small"
      >
        <option value="">{segmentsText.noCondition}</option>
        {listed.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Select>
      {chosen && (
        <>
          <input type="hidden" name={`${at}de`} value={chosen.code} />
          <Select
            name={`${at}o`}
            label={segmentsText.operator}
            defaultValue={condition.op === 'neq' ? 'neq' : 'in'}
            size="small"
          >
            {Object.entries(segmentsText.operators).map(([code, label]) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </Select>
          <CheckboxGroup
            legend={`${segmentsText.values}: ${chosen.label}`}
            defaultValue={condition.values}
            size="small"
            className="query__values"
          >
            {chosen.values.map((value) => (
              <Checkbox key={value} name={`${at}v`} value={value}>
                {value}
              </Checkbox>
            ))}
          </CheckboxGroup>
        </>
      )}
    </div>
  )
}

/** The rule in words with its size, and the way into step 4. */
function Keep({ work: { built, edited, saveObjection, sectors }, rowId, answer }: PartProps) {
  const busy = useNavigation().formData?.get('sugerencia') === ''
  if (!built) return null
  const objection = saveObjection ?? built.objection
  return (
    <VStack gap="space-16">
      <BodyLong className="reading" role="status">
        {segmentsText.preview(built.words)}{' '}
        <strong>{segmentsText.size(built.size?.value ?? 0, built.size?.total.value ?? 0)}</strong>{' '}
        {built.size?.mark && segmentsText.small}
      </BodyLong>
      {objection ? (
        <BodyLong className="quiet reading">{`${segmentsText.cannotSave} ${objection}`}</BodyLong>
      ) : (
        <Form method="post" noValidate preventScrollReset className="reading">
          <VStack gap="space-16">
            <input type="hidden" name="regla" value={built.rule} />
            <input type="hidden" name="fila" value={rowId} />
            <input type="hidden" name="sugerencia" value="" />
            {edited && <input type="hidden" name="segmento" value={edited.id} />}
            <TextField
              id="nombre"
              name="nombre"
              label={segmentsText.name}
              defaultValue={answer?.at === 'nombre' ? answer.name : (edited?.name ?? '')}
              error={errorOf(answer?.errors, 'nombre')}
            />
            {!edited && <SectorSelect sectors={sectors} />}
            <div>
              <Button type="submit" variant="secondary" loading={busy}>
                {edited ? segmentsText.saveChange : segmentsText.save}
              </Button>
            </div>
          </VStack>
        </Form>
      )}
    </VStack>
  )
}

export function SectorSelect({ sectors }: { sectors: { id: string; name: string }[] }) {
  return (
    <Select name="sector" label={segmentsText.sector}>
      <option value="">{segmentsText.noSector}</option>
      {sectors.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
