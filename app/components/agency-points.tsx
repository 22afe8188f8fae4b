import { BodyLong, Radio, RadioGroup, Select, TextField, VStack } from '@navikt/ds-react'
import type { PointLine } from '../../db/service-points.ts'
import { POINT_KINDS } from '../../domain/points.ts'
import { administrationText, pointsText as words } from '../text/administration.ts'
import { AdminForm } from './admin-form.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { type Answer, fieldsOf } from './form-fields.tsx'
import { NativeField } from './native-field.tsx'
import { Section } from './section.tsx'

/** Where a dependencia attends people: the points it has, and the forms that open and close them. */
export function AgencyPoints({ points, answer }: { points: PointLine[]; answer: Answer | undefined }) {
  const open = points.filter(({ endedOn }) => endedOn === null)
  return (
    <Section id="puntos" title={words.title}>
      <VStack gap="space-24">
        <BodyLong className="reading">{words.help}</BodyLong>
        {points.length > 0 ? (
          <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={points} rowKey={({ id }) => id} />
        ) : (
          <BodyLong>{words.none}</BodyLong>
        )}
        <AddPoint answer={answer} />
        {open.length > 0 && <EndPoint points={open} answer={answer} />}
      </VStack>
    </Section>
  )
}

function AddPoint({ answer }: { answer: Answer | undefined }) {
  const field = fieldsOf('punto', answer, { kind: 'punto' })
  const kind = field('kind')
  return (
    <AdminForm code="punto" answer={answer} submit={words.add} secondary>
      <TextField {...field('name')} label={words.name} autoComplete="off" />
      <RadioGroup id={kind.id} name="kind" legend={words.kind} defaultValue={kind.defaultValue} error={kind.error}>
        {POINT_KINDS.map((one) => (
          <Radio key={one} value={one}>
            {words.kinds[one]}
          </Radio>
        ))}
      </RadioGroup>
      <TextField {...field('address')} label={administrationText.optional(words.address)} autoComplete="off" />
    </AdminForm>
  )
}

function EndPoint({ points, answer }: { points: PointLine[]; answer: Answer | undefined }) {
  const field = fieldsOf('cierre-punto', answer)
  return (
    <AdminForm code="cierre-punto" answer={answer} submit={words.end} danger>
      <BodyLong>{words.endHelp}</BodyLong>
      <Select {...field('id')} label={words.point}>
        <option value="">{words.choose}</option>
        {points.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <NativeField {...field('on')} type="date" label={administrationText.lastDay} />
    </AdminForm>
  )
}

const COLUMNS: Column<PointLine>[] = [
  { key: 'name', header: words.name, rowHeader: true, cell: ({ name }) => name },
  { key: 'kind', header: words.kind, cell: ({ kind }) => words.kinds[kind] },
  { key: 'address', header: words.address, cell: ({ address }) => address },
  { key: 'until', header: words.until, cell: ({ endedOn }) => (endedOn ? words.ended(endedOn) : words.open) },
]
