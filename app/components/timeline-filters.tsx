import { Alert, Button, Select } from '@navikt/ds-react'
import { Form, Link, useSearchParams } from '@remix-run/react'
import { type EventKind, isReversed, type TimelineFilters } from '../../domain/event-kinds.ts'
import {
  describeTimeline,
  eventKindName,
  eventKindValue,
  TIMELINE_NAMES,
  type TimelineActors,
  unrealDays,
  timelineText as words,
} from '../text/timeline.ts'
import { NativeField } from './native-field.tsx'

interface Props {
  filters: TimelineFilters
  /** Kinds that can happen here; absent where there is one. */
  kinds?: readonly EventKind[]
  /** Absent where what happens is about no step. */
  steps?: readonly string[]
  actors: TimelineActors
  /** Id of the part of the page that lists what is asked for. */
  section: string
  /** Where a page of that list begins: what is asked for anew begins at the first. */
  cursor?: string
}

/** A form that only asks: what it carries becomes the address, beside what else the address says (experience 30). */
export function TimelineFilterForm({ filters, kinds, steps, actors, section, cursor = 'desde' }: Props) {
  const [search] = useSearchParams()
  const own = [...Object.values(TIMELINE_NAMES), cursor]
  const carried = [...search].filter(([name]) => !own.includes(name))
  const wrong = isReversed(filters) ? [words.reversed] : unrealDays(search)
  const named = (those: { id: string; name: string }[]) => those.map(({ id, name }) => [id, name] as const)
  return (
    <details className="filters no-print" open={wrong.length > 0}>
      <summary>{words.label(describeTimeline(filters, actors))}</summary>
      <Form method="get" action={`#${section}`} key={JSON.stringify(filters)} preventScrollReset>
        {carried.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {wrong.map((sentence) => (
          <Alert key={sentence} variant="error" size="small">
            {sentence}
          </Alert>
        ))}
        <div className="filters__fields">
          {kinds && (
            <Choice
              name={TIMELINE_NAMES.kind}
              label={words.kind}
              any={words.anyKind}
              value={filters.kind && eventKindValue(filters.kind)}
              options={kinds.map((kind) => [eventKindValue(kind), eventKindName(kind)])}
            />
          )}
          {steps && (
            <Choice
              name={TIMELINE_NAMES.stepCode}
              label={words.step}
              any={words.anyStep}
              value={filters.stepCode}
              options={steps.map((code) => [code, `${words.step} ${code}`])}
            />
          )}
          <Choice
            name={TIMELINE_NAMES.positionId}
            label={words.position}
            any={words.anyPosition}
            value={filters.positionId}
            options={named(actors.positions)}
          />
          <Choice
            name={TIMELINE_NAMES.personId}
            label={words.person}
            any={words.anyPerson}
            value={filters.personId}
            options={named(actors.people)}
          />
          <NativeField
            type="date"
            label={words.from}
            name={TIMELINE_NAMES.from}
            size="small"
            defaultValue={filters.from}
          />
          <NativeField type="date" label={words.to} name={TIMELINE_NAMES.to} size="small" defaultValue={filters.to} />
        </div>
        <div className="filters__end">
          <Button type="submit" variant="secondary" size="small">
            {words.apply}
          </Button>
          {(Object.keys(filters).length > 0 || wrong.length > 0) && (
            <Button
              as={Link}
              to={`?${new URLSearchParams(carried)}#${section}`}
              variant="tertiary"
              size="small"
              preventScrollReset
            >
              {words.clear}
            </Button>
          )}
        </div>
      </Form>
    </details>
  )
}

interface ChoiceProps {
  name: string
  label: string
  any: string
  value: string | undefined
  options: (readonly [value: string, words: string])[]
}

function Choice({ name, label, any, value = '', options }: ChoiceProps) {
  return (
    <Select label={label} name={name} size="small" defaultValue={value}>
      <option value="">{any}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </Select>
  )
}
