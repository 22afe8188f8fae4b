import { Alert, BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { DOCUMENT_TYPES } from '../../../catalog/document-types.ts'
import type { RightsAim, RightsQuality } from '../../../domain/rights.ts'
import type { RightsPage } from '../../../domain/rights-inputs.ts'
import { spacedCode } from '../../../domain/verification-codes.ts'
import type { AskedPage } from '../../pages/ask-rights.server.ts'
import { askRightsText as words } from '../../text/my-rights.ts'
import { type Fact, Facts } from '../facts.tsx'
import { FormErrors } from '../form-errors.tsx'
import { type Entity, labelsOf, RightsFields } from './rights-fields.tsx'

interface Props {
  entities: Entity[]
  shown: AskedPage
  /** Filled in by somebody of the entity, for a citizen. */
  isInside: boolean
}

/** A request about one's data: one group of questions a page, everything read again before it is sent. */
export function AskRights({ entities, shown, isInside }: Props) {
  const { page, pages, filed } = shown
  if (filed) return <Filed filed={filed} isInside={isInside} />
  if (page === 'revise') return <Review entities={entities} shown={shown} />
  const n = pages.indexOf(page) + 1
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <BodyLong className="quiet">{words.step(n, pages.length)}</BodyLong>
        <Heading level="1" size="large">
          {words.pages[page]}
        </Heading>
      </div>
      <FormErrors errors={shown.errors} />
      <PageForm key={page} page={page} entities={entities} shown={shown} />
    </VStack>
  )
}

function PageForm({ page, entities, shown }: { page: RightsPage; entities: Entity[]; shown: AskedPage }) {
  const before = shown.pages[shown.pages.indexOf(page) - 1]
  return (
    <Form method="post" noValidate reloadDocument>
      <VStack gap="space-20">
        <Carried page={page} values={shown.values} />
        {shown.isReviewed && <input type="hidden" name="revisada" value="si" />}
        <RightsFields page={page} entities={entities} values={shown.values} errors={shown.errors} />
        <HStack gap="space-16" wrap>
          <Button type="submit">{words.next}</Button>
          {before && (
            <Button type="submit" variant="tertiary" name="ir" value={before}>
              {words.back}
            </Button>
          )}
        </HStack>
      </VStack>
    </Form>
  )
}

/** What other pages were answered with travels in the form itself. */
function Carried({ page, values }: { page: AskedPage['page']; values: Record<string, string> }) {
  const asked = page === 'revise' ? [] : labelsOf(page, values).map(([field]) => field)
  return (
    <>
      <input type="hidden" name="pagina" value={page} />
      {Object.entries(values)
        .filter(([name, value]) => value !== '' && !asked.includes(name))
        .map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
    </>
  )
}

function Review({ entities, shown }: { entities: Entity[]; shown: AskedPage }) {
  return (
    <VStack gap="space-24">
      <div className="reading">
        <Heading level="1" size="large" spacing>
          {words.reviewTitle}
        </Heading>
        <BodyLong>{words.reviewIntro}</BodyLong>
      </div>
      <FormErrors errors={shown.errors} />
      {shown.pages.map((page) => (
        <section key={page} aria-labelledby={`grupo-${page}`}>
          <HStack gap="space-16" align="baseline">
            <Heading level="2" size="small" id={`grupo-${page}`}>
              {words.pages[page]}
            </Heading>
            <Form method="post" reloadDocument>
              <Carried page="revise" values={shown.values} />
              <Button
                type="submit"
                size="small"
                variant="tertiary"
                name="ir"
                value={page}
                aria-label={words.changeOf(words.pages[page])}
              >
                {words.change}
              </Button>
            </Form>
          </HStack>
          <Facts facts={answersOf(page, entities, shown.values)} />
        </section>
      ))}
      <Form method="post" reloadDocument>
        <VStack gap="space-16" className="reading">
          <Carried page="revise" values={shown.values} />
          <BodyLong>{words.consent}</BodyLong>
          <div>
            <Button type="submit" name="ir" value="enviar">
              {words.send}
            </Button>
          </div>
        </VStack>
      </Form>
    </VStack>
  )
}

function answersOf(page: RightsPage, entities: Entity[], values: Record<string, string>): Fact[] {
  return labelsOf(page, values).map(([field, label]) => [label, wordOf(field, values[field] ?? '', entities)])
}

function wordOf(field: string, value: string, entities: Entity[]): string {
  if (value === '') return words.empty
  if (field === 'entityId') return entities.find(({ id }) => id === value)?.name ?? value
  if (field === 'aim') return words.aims[value as RightsAim][0]
  if (field.endsWith('DocumentType')) return DOCUMENT_TYPES.find(({ code }) => code === value)?.label ?? value
  if (field === 'quality') return words.qualities[value as RightsQuality]
  return value
}

function Filed({ filed, isInside }: { filed: NonNullable<AskedPage['filed']>; isInside: boolean }) {
  const steps = [words.next1, words.next2(filed.dueOn), words.next3]
  return (
    <VStack gap="space-24" className="reading">
      <Heading level="1" size="large">
        {words.filedTitle}
      </Heading>
      <Alert variant="success" role="status">
        {words.filed(filed.number)}
      </Alert>
      <BodyLong>{words.keep}</BodyLong>
      <Facts
        facts={[
          [words.codeLabel, <code key="codigo">{spacedCode(filed.code)}</code>],
          [words.secretLabel, <code key="clave">{spacedCode(filed.secret)}</code>],
        ]}
      />
      <BodyLong>{words.print}</BodyLong>
      <section aria-labelledby="sigue">
        <Heading level="2" size="medium" spacing id="sigue">
          {words.nextTitle}
        </Heading>
        <ol>
          {steps.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </section>
      <Link to={isInside ? `/derechos/${filed.id}` : `/mis-derechos/${filed.code}`}>
        {isInside ? words.goInside : words.goFollow}
      </Link>
    </VStack>
  )
}
