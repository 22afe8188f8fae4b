import { BodyLong, Button, Heading, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { Suggestion } from '../../pages/suggestions.server.ts'
import { segmentsText } from '../../text/segments.ts'
import { errorOf } from '../form-errors.tsx'
import { type PartProps, SectorSelect } from './rule-builder.tsx'

/** Groups the system proposes; each waits for a person who names it. */
export function Suggestions({ query, work, rowId, answer }: PartProps) {
  const busy = useNavigation().state === 'loading'
  const { explainable, source, suggestions } = work
  if (explainable.length < 2) return null
  return (
    <section className="card" aria-labelledby="sugerencias">
      <VStack gap="space-24">
        <Heading level="2" size="medium" id="sugerencias" tabIndex={-1}>
          {segmentsText.suggestions}
        </Heading>
        <Form method="get" action="#sugerencias" preventScrollReset className="reading">
          <VStack gap="space-16">
            <BodyLong className="quiet">{segmentsText.suggestionsWhy}</BodyLong>
            <input type="hidden" name="fuente" value={source.id} />
            <Select name="explicar" label={segmentsText.explain} defaultValue={query.explained}>
              {explainable.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </Select>
            <div>
              <Button type="submit" variant="secondary" loading={busy}>
                {segmentsText.suggest}
              </Button>
            </div>
          </VStack>
        </Form>
        {suggestions?.list.length === 0 && <BodyLong className="reading">{segmentsText.noSuggestions}</BodyLong>}
        {suggestions?.list.map((suggestion, i) => (
          <Proposed key={suggestion.rule} n={i + 1} suggestion={suggestion} {...{ query, work, rowId, answer }} />
        ))}
      </VStack>
    </section>
  )
}

function Proposed({ n, suggestion, work, rowId, answer }: PartProps & { n: number; suggestion: Suggestion }) {
  const { rule, words, size, apart } = suggestion
  const field = `nombre${n}`
  return (
    <section aria-labelledby={`sugerencia-${n}`} className="query__condition">
      <Heading level="3" size="xsmall" id={`sugerencia-${n}`}>
        {segmentsText.suggestion(n)}
      </Heading>
      <BodyLong className="reading">
        {segmentsText.preview(words)} <strong>{segmentsText.size(size.value ?? 0, size.total.value ?? 0)}</strong>.{' '}
        {segmentsText.differs(apart.value, apart.inside, apart.whole)}
      </BodyLong>
      {!work.saveObjection && (
        <Form method="post" noValidate preventScrollReset className="reading">
          <VStack gap="space-12">
            <input type="hidden" name="regla" value={rule} />
            <input type="hidden" name="fila" value={rowId} />
            <input type="hidden" name="sugerencia" value={n} />
            <TextField
              id={field}
              name="nombre"
              label={segmentsText.name}
              size="small"
              defaultValue={answer?.at === field ? answer.name : ''}
              error={errorOf(answer?.errors, field)}
            />
            <SectorSelect sectors={work.sectors} />
            <div>
              <Button type="submit" variant="secondary" size="small" aria-label={`${segmentsText.accept}: ${words}`}>
                {segmentsText.accept}
              </Button>
            </div>
          </VStack>
        </Form>
      )}
    </section>
  )
}
