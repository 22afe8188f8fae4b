import { Button, Heading, Select, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import type { Readability } from '../../../domain/readability.ts'
import { figureMark, numberMark } from '../../../domain/rich-notation.ts'
import type { TypedNumber } from '../../../domain/typed-numbers.ts'
import { reportText as text } from '../../text/report.ts'
import type { Citable } from './insert.tsx'

interface Props {
  page: {
    owner: { id: string; name: string }
    owners: { id: string; name: string }[]
    mayAssign: boolean
    isFinished: boolean
    whyNot: string | null
    readability: Readability | null
    target: number
    typedNumbers: TypedNumber[]
    sources: Citable[]
    figures: { id: string; title: string }[]
  }
}

/** Beside the text: whose it is, how easily it reads, and which of its figures nobody can check. */
export function AboutSection({ page }: Props) {
  return (
    <>
      <Owner page={page} />
      <section className="card" aria-labelledby="lectura">
        <Heading level="2" size="xsmall" id="lectura">
          {text.readingTitle}
        </Heading>
        <Reading readability={page.readability} target={page.target} />
      </section>
      {page.typedNumbers.length > 0 && (
        <section className="card" aria-labelledby="digitadas">
          <Heading level="2" size="xsmall" id="digitadas">
            {text.typedTitle(page.typedNumbers.length)}
          </Heading>
          <p className="quiet">{text.typedHelp}</p>
          <TypedList numbers={page.typedNumbers} />
        </section>
      )}
      <noscript>
        <Codes sources={page.sources} figures={page.figures} />
      </noscript>
    </>
  )
}

function Owner({ page: { owner, owners, mayAssign, isFinished, whyNot } }: Props) {
  return (
    <section className="card" aria-labelledby="responsable">
      <Heading level="2" size="xsmall" id="responsable">
        {text.ownerTitle}
      </Heading>
      <VStack gap="space-12">
        {mayAssign ? (
          <Form method="post">
            <VStack gap="space-12" align="start">
              <Select size="small" name="cargo" label={text.ownerLabel} defaultValue={owner.id} key={owner.id}>
                <option value="">{text.nobody}</option>
                {owners.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
              <Button type="submit" size="small" variant="secondary" name="intent" value="encargar">
                {text.assign}
              </Button>
            </VStack>
          </Form>
        ) : (
          <p>{owner.name || text.nobody}</p>
        )}
        {!whyNot && (
          <Form method="post">
            <Button
              type="submit"
              size="small"
              variant="secondary"
              name="intent"
              value={isFinished ? 'retomar' : 'terminar'}
            >
              {isFinished ? text.takeUp : text.finish}
            </Button>
          </Form>
        )}
      </VStack>
    </section>
  )
}

function Reading({ readability, target }: { readability: Readability | null; target: number }) {
  if (!readability) return <p className="quiet">{text.readingNone}</p>
  const { inflesz, fernandezHuerta, grade } = readability
  return (
    <>
      <p>{text.reading(inflesz, grade, target)}</p>
      <p className="quiet">{text.readingOther(fernandezHuerta)}</p>
      {inflesz < target && <p>▲ {text.readingLow}</p>}
    </>
  )
}

/** The first ones in sight, the rest a click away: a section may have dozens. */
export function TypedList({ numbers }: { numbers: TypedNumber[] }) {
  const rest = numbers.slice(IN_SIGHT)
  return (
    <>
      <Lines numbers={numbers.slice(0, IN_SIGHT)} />
      {rest.length > 0 && (
        <details>
          <summary>{text.typedRest(rest.length)}</summary>
          <Lines numbers={rest} />
        </details>
      )}
    </>
  )
}

const IN_SIGHT = 5

function Lines({ numbers }: { numbers: TypedNumber[] }) {
  return (
    <ul>
      {numbers.map(({ number, context }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same number may stand in the same words twice
        <li key={`${i} ${number}`}>
          <strong>{number}</strong>: {context}
        </li>
      ))}
    </ul>
  )
}

/** Where there is no script, references are pasted as codes. */
function Codes({ sources, figures }: { sources: Citable[]; figures: { id: string; title: string }[] }) {
  return (
    <section className="card">
      <Heading level="2" size="xsmall">
        {text.withoutScript}
      </Heading>
      <p className="quiet">{text.withoutScriptHelp}</p>
      {figures.map(({ id, title }) => (
        <p key={id}>
          {title}: <code>{figureMark(id)}</code>
        </p>
      ))}
      {sources.map(({ origin, title, shown }) => (
        <details key={origin}>
          <summary>{title}</summary>
          <ul>
            {Object.entries(shown).map(([ref, number]) => (
              <li key={ref}>
                {number}: <code className="breakable">{numberMark(ref)}</code>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}
