import { BodyLong, Button, Heading, Select, Textarea, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { CoveragePage } from '../../pages/coverage.server.ts'
import { coverageText } from '../../text/coverage.ts'
import { errorOf } from '../form-errors.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  page: CoveragePage
  typed: string | undefined
  errors: { field: string; message: string }[] | undefined
}

/** The counts of attention of each point and period, typed or in a file. */
export function AttendanceForm({ page, typed, errors }: Props) {
  const busy = useNavigation().state === 'submitting'
  const { objection, source, recorded } = page
  if (objection || !source)
    return (
      <BodyLong className="quiet reading">{`${coverageText.cannotSave} ${objection ?? coverageText.noneWhy}`}</BodyLong>
    )
  return (
    <section className="card" aria-labelledby="registrar">
      <Form method="post" encType="multipart/form-data" noValidate className="reading">
        <VStack gap="space-16">
          <Heading level="2" size="small" id="registrar">
            {coverageText.form}
          </Heading>
          <BodyLong className="quiet">{coverageText.formWhy}</BodyLong>
          <Sources page={page} source={source} />
          <VariableSelect
            name="punto"
            label={coverageText.point}
            list={page.points}
            chosen={recorded?.pointVariable ?? page.points.find(({ code }) => code.startsWith('punto'))?.code}
            error={errorOf(errors, 'punto')}
          />
          <VariableSelect
            name="periodo"
            label={coverageText.period}
            list={page.periods}
            chosen={recorded?.periodVariable ?? page.periods.find(({ code }) => code.startsWith('fecha'))?.code}
          />
          <Textarea
            id="cifras"
            name="cifras"
            label={coverageText.typed}
            description={coverageText.typedHelp}
            minRows={6}
            maxRows={16}
            defaultValue={typed ?? recorded?.typed ?? ''}
            error={errorOf(errors, 'cifras')}
          />
          <NativeField
            type="file"
            id="archivo"
            name="archivo"
            label={coverageText.file}
            accept=".csv,text/csv,text/plain"
            error={errorOf(errors, 'archivo')}
          />
          <div>
            <Button type="submit" loading={busy}>
              {coverageText.save}
            </Button>
          </div>
        </VStack>
      </Form>
    </section>
  )
}

/** Another source is another page: its variables are others. */
function Sources({ page: { sources }, source }: { page: CoveragePage; source: { id: string; name: string } }) {
  const others = sources.filter(({ id }) => id !== source.id)
  return (
    <p>
      <input type="hidden" name="fuente" value={source.id} />
      {`${coverageText.source}: ${source.name}. `}
      {others.map(({ id, name }) => (
        <Link key={id} to={`?fuente=${id}`}>
          {name}
        </Link>
      ))}
    </p>
  )
}

interface SelectProps {
  name: string
  label: string
  list: { code: string; label: string }[]
  chosen: string | undefined
  error?: string | undefined
}

function VariableSelect({ name, label, list, chosen, error }: SelectProps) {
  return (
    <Select id={name} name={name} label={label} defaultValue={chosen ?? ''} error={error}>
      {list.map((one) => (
        <option key={one.code} value={one.code}>
          {one.label}
        </option>
      ))}
    </Select>
  )
}
