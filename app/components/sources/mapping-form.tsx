import { Button, Checkbox, CheckboxGroup, HStack, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { MappedColumn } from '../../../domain/sources.ts'
import { columnRoleNames, columnTypeNames, sourceText } from '../../text/sources.ts'
import { errorOf, FormErrors, type ShownError } from '../form-errors.tsx'

interface Props {
  importId: string
  mapping: MappedColumn[]
  /** Per column, none where its first cells are empty; null where the column is personal. */
  examples: (string[] | null)[]
  /** Prioritized variables of step 2. */
  wanted: { code: string; label: string }[]
  errors: ShownError[] | undefined
}

/** What each column of the file is. Confirming it starts the import. */
export function MappingForm({ importId, mapping, examples, wanted, errors }: Props) {
  const busy = useNavigation().state === 'submitting'
  const codes = mapping.filter((column) => column.role === 'variable').map((column) => column.code)
  const missing = wanted.filter((variable) => !codes.includes(variable.code)).map((variable) => variable.label)
  return (
    <Form method="post" noValidate>
      <VStack gap="space-24">
        <FormErrors errors={errors} />
        <input type="hidden" name="accion" value="importar" />
        <input type="hidden" name="importacion" value={importId} />
        {missing.length > 0 && <p className="reading">{sourceText.unmatched(missing.join(', '))}</p>}
        <ol className="mapping" id="columnas">
          {mapping.map((column, i) => (
            <li key={column.column} className="mapping__column">
              <ColumnFields column={column} index={i} examples={examples[i] ?? null} errors={errors} />
            </li>
          ))}
        </ol>
        <datalist id="variables-priorizadas">
          {wanted.map((variable) => (
            <option key={variable.code} value={variable.code}>
              {variable.label}
            </option>
          ))}
        </datalist>
        <p className="reading quiet">{sourceText.startWhy}</p>
        <HStack gap="space-16" wrap>
          <Button type="submit" loading={busy}>
            {sourceText.start}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}

interface FieldsProps {
  column: MappedColumn
  index: number
  examples: string[] | null
  errors: ShownError[] | undefined
}

function ColumnFields({ column, index, examples, errors }: FieldsProps) {
  const field = (name: string) => {
    const id = `columna.${index}.${name}`
    return { id, name: id, error: errorOf(errors, id), size: 'small' as const }
  }
  return (
    <fieldset className="mapping__fields">
      <legend>
        <code>{column.column}</code>
        <span className="quiet">{examplesInWords(examples)}</span>
      </legend>
      <TextField {...field('etiqueta')} label={sourceText.label} defaultValue={column.label} />
      <Options {...field('uso')} label={sourceText.role} value={column.role} names={columnRoleNames} />
      <Options {...field('tipo')} label={sourceText.type} value={column.type} names={columnTypeNames} />
      <Flag name={`columna.${index}.sensible`} label={sourceText.sensitive} checked={column.sensitive} />
      <MoreFields column={column} index={index} field={field} />
    </fieldset>
  )
}

function examplesInWords(examples: string[] | null): string {
  if (examples === null) return sourceText.maskedColumn
  return examples.length > 0 ? `${sourceText.sample}: ${examples.join(' · ')}` : sourceText.emptyColumn
}

type FieldOf = (name: string) => { id: string; name: string; error: string | undefined; size: 'small' }

function MoreFields({ column, index, field }: { column: MappedColumn; index: number; field: FieldOf }) {
  const isWrong = ['codigo', 'permitidos'].some((name) => field(name).error)
  return (
    <details className="mapping__more" open={isWrong || undefined}>
      <summary>
        {sourceText.more}
        <span className="aksel-sr-only">: {column.column}</span>
      </summary>
      <div className="mapping__grid">
        <TextField
          {...field('codigo')}
          label={sourceText.code}
          description={sourceText.codeHelp}
          defaultValue={column.code}
          list="variables-priorizadas"
        />
        <Options
          {...field('fecha')}
          label={sourceText.dateFormat}
          value={column.dateFormat}
          names={sourceText.dateFormats}
        />
        <Options
          {...field('decimal')}
          label={sourceText.decimalMark}
          value={column.decimalMark}
          names={sourceText.decimalMarks}
        />
        <Textarea
          {...field('permitidos')}
          label={sourceText.allowed}
          description={sourceText.allowedHelp}
          defaultValue={column.allowed?.join('\n') ?? ''}
          minRows={2}
        />
        <div>
          <Flag name={`columna.${index}.obligatoria`} label={sourceText.required} checked={column.required} />
          <Flag name={`columna.${index}.unica`} label={sourceText.unique} checked={column.unique} />
        </div>
      </div>
    </details>
  )
}

function Flag({ name, label, checked }: { name: string; label: string; checked: boolean }) {
  return (
    <CheckboxGroup legend={label} hideLegend size="small" defaultValue={checked ? ['si'] : []}>
      <Checkbox id={name} name={name} value="si">
        {label}
      </Checkbox>
    </CheckboxGroup>
  )
}

interface OptionsProps {
  id: string
  name: string
  error: string | undefined
  size: 'small'
  label: string
  value: string
  names: Record<string, string>
}

function Options({ value, names, ...rest }: OptionsProps) {
  return (
    <Select {...rest} defaultValue={value}>
      {Object.entries(names).map(([code, label]) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </Select>
  )
}
