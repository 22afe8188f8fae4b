import { BodyLong, Button, Heading, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { SegmentAnswer } from '../../pages/segment-actions.server.ts'
import type { loadSegments } from '../../pages/segments.server.ts'
import { rulesText } from '../../text/rules.ts'
import { segmentsText } from '../../text/segments.ts'
import { errorOf } from '../form-errors.tsx'
import { EnterShows, RuleFields } from '../rules/rule-fields.tsx'
import type { BuilderQuery } from './builder-query.ts'

type Work = Pick<
  NonNullable<Awaited<ReturnType<typeof loadSegments>>['work']>,
  'built' | 'edited' | 'explainable' | 'faults' | 'saveObjection' | 'sectors' | 'source' | 'suggestions' | 'variables'
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
  const { edited, faults, source, variables } = work
  return (
    <section className="card" aria-labelledby="definir">
      <VStack gap="space-24">
        <Heading level="2" size="medium" id="definir" tabIndex={-1}>
          {edited ? segmentsText.editing(edited.name) : segmentsText.builder}
        </Heading>
        <Form method="get" action="#definir" preventScrollReset key={JSON.stringify([query, source.id])}>
          <EnterShows label={segmentsText.show} />
          <VStack gap="space-16">
            <BodyLong className="reading quiet">{segmentsText.builderWhy}</BodyLong>
            <Sources sources={sources} chosen={source.id} />
            {edited && <input type="hidden" name="segmento" value={edited.id} />}
            <RuleFields groups={query.groups} variables={variables} faults={faults} />
            <HStack gap="space-16" wrap>
              <Button type="submit" loading={busy}>
                {segmentsText.show}
              </Button>
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

/** The rule in words with its size, and the way into step 4. */
function Keep({ work: { built, edited, faults, saveObjection, sectors }, rowId, answer }: PartProps) {
  const busy = useNavigation().formData?.get('sugerencia') === ''
  if (Object.keys(faults).length > 0) return <BodyLong role="status">{rulesText.faulty}</BodyLong>
  if (!built) return null
  const objection = saveObjection ?? built.objection
  return (
    <VStack gap="space-16">
      <BodyLong className="reading" role="status">
        {segmentsText.preview(built.words)}{' '}
        <strong>{segmentsText.size(built.size?.value ?? 0, built.size?.total.value ?? 0)}</strong> {built.unpublished}
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
