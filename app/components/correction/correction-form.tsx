import { BodyLong, Checkbox, Fieldset, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import { correctionText as words } from '../../text/corrections.ts'
import { errorOf } from '../form-errors.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'

interface Choice {
  code: string
  label: string
}

interface Props {
  /** What it asks, of a correction or of what takes the place of a held release. */
  asked: Record<'reason' | 'note' | 'tables' | 'tablesHelp', string>
  answer: Answer | undefined
  initial: Record<string, string>
  tables: { figure: string; title: string; isKept: boolean }[]
  choices: { frequencies: readonly Choice[]; licences: readonly Choice[] }
}

/** Everything a correction may change, as it stands published or as it was typed last. */
export function CorrectionForm({ asked, answer, initial, tables, choices }: Props) {
  const field = fieldsOf('correccion', answer, initial)
  return (
    <>
      <Textarea {...field('reason')} label={asked.reason} minRows={2} />
      <Textarea {...field('note')} label={asked.note} description={words.noteHelp} minRows={2} />
      <Textarea {...field('descripcion')} label={words.fields.descripcion} minRows={4} />
      <NativeField type="date" {...field('desde')} label={words.fields.desde} />
      <NativeField type="date" {...field('hasta')} label={words.fields.hasta} />
      <Options {...field('frecuencia')} label={words.fields.frecuencia} options={choices.frequencies} />
      <Options {...field('licencia')} label={words.fields.licencia} options={choices.licences} />
      <TextField {...field('area')} label={words.fields.area} />
      <TextField {...field('correo')} label={words.fields.correo} type="email" />
      <TextField {...field('etiquetas')} label={words.fields.etiquetas} />
      <Tables {...{ asked, answer, tables }} />
    </>
  )
}

function Options({
  label,
  options,
  ...field
}: { label: string; options: readonly Choice[] } & ReturnType<ReturnType<typeof fieldsOf>>) {
  return (
    <Select {...field} label={label}>
      {options.map(({ code, label: name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}

function Tables({ asked, answer, tables }: Pick<Props, 'asked' | 'answer' | 'tables'>) {
  const errors = errorsOf('correccion', answer)
  const typed = errors?.length ? answer?.values : undefined
  const isKept = (table: Props['tables'][number]) => (typed ? typed[`tabla-${table.figure}`] === 'si' : table.isKept)
  return (
    <VStack gap="space-12">
      <Fieldset
        id="correccion-tablas"
        legend={asked.tables}
        description={asked.tablesHelp}
        error={errorOf(errors, 'correccion-tablas')}
      >
        {tables.map((table) => (
          <Checkbox key={table.figure} name={`tabla-${table.figure}`} value="si" defaultChecked={isKept(table)}>
            {table.title}
          </Checkbox>
        ))}
      </Fieldset>
      {tables.map(({ figure, title }) => (
        <TextField
          key={figure}
          name={`titulo-${figure}`}
          label={`${words.tableTitle}: ${title}`}
          defaultValue={typed?.[`titulo-${figure}`] ?? title}
        />
      ))}
      {tables.length === 0 && <BodyLong>{words.noTables}</BodyLong>}
    </VStack>
  )
}
