import { PlusIcon, TrashIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, Heading } from '@navikt/ds-react'
import { useRef } from 'react'
import { YES_NO } from '../../../catalog/value-words.ts'
import { isActive, type ListField, type ReferenceOptions, type Row, type ScalarField } from '../../../domain/forms.ts'
import { stepText } from '../../text/steps.ts'
import { FieldInput, type FieldProps } from './field.tsx'

export interface ListProps {
  list: ListField
  group: string
  rows: Row[]
  options: ReferenceOptions
  errorOf: (name: string) => string | undefined
  onChange: FieldProps['onChange']
  onAdd: (path: string) => void
  onRemove: (path: string, row: string) => void
}

/** A repeatable part. "Agregar" and "Quitar" are submit buttons: without script the server adds and removes the row. */
export function ListInput({ list, group, rows, onAdd, onRemove, ...rest }: ListProps) {
  const path = `${group}.${list.code}`
  const addButton = useRef<HTMLButtonElement>(null)
  const isFull = list.max !== undefined && rows.length >= list.max
  const error = rest.errorOf(path)
  return (
    <fieldset className="rows" id={path} tabIndex={-1}>
      <legend>
        <Heading as="span" size="xsmall">
          {list.required ? list.label : stepText.optional(list.label)}
        </Heading>
      </legend>
      {list.help && <BodyShort className="quiet">{list.help}</BodyShort>}
      {error && <p className="aksel-form-field__error aksel-error-message aksel-label">{error}</p>}
      {rows.length === 0 && <BodyShort className="quiet">{stepText.empty(list.label)}</BodyShort>}
      {rows.map((row, i) => (
        <RowInput
          key={row.id}
          {...rest}
          list={list}
          group={group}
          row={row}
          index={i}
          onRemove={(event) => {
            event.preventDefault()
            onRemove(path, row.id)
            addButton.current?.focus()
          }}
        />
      ))}
      {!isFull && (
        <div>
          <Button
            ref={addButton}
            type="submit"
            name="intent"
            value={`agregar:${path}`}
            variant="secondary"
            size="small"
            icon={<PlusIcon aria-hidden />}
            onClick={(event) => {
              event.preventDefault()
              onAdd(path)
            }}
          >
            {stepText.add(list.itemTitle)}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

interface RowProps extends Pick<ListProps, 'list' | 'group' | 'options' | 'errorOf' | 'onChange'> {
  row: Row
  index: number
  onRemove: (event: React.MouseEvent) => void
}

function RowInput({ list, group, row, index, options, errorOf, onChange, onRemove }: RowProps) {
  const path = `${group}.${list.code}`
  const title = stepText.row(list.itemTitle, index + 1)
  return (
    <fieldset className="row">
      <legend>{title}</legend>
      <input type="hidden" name={`${path}[${index}].id`} value={row.id} />
      {list.fields.map((cell) => {
        const name = `${path}[${index}].${cell.code}`
        return (
          <FieldInput
            key={cell.code}
            field={cell}
            name={name}
            place={{ group, field: list.code, row: row.id, cell: cell.code }}
            value={row[cell.code]}
            choices={cell.kind === 'reference' ? options[cell.source] : undefined}
            error={errorOf(name)}
            onlyIf={conditionOf(cell, list.fields, row)}
            onChange={onChange}
          />
        )
      })}
      <div>
        <Button
          type="submit"
          name="intent"
          value={`quitar:${path}:${row.id}`}
          variant="tertiary"
          size="small"
          data-color="danger"
          icon={<TrashIcon aria-hidden />}
          aria-label={stepText.removeRow(list.itemTitle, index + 1)}
          onClick={onRemove}
        >
          {stepText.remove}
        </Button>
      </div>
    </fieldset>
  )
}

/** The sentence of a condition that is not met now; undefined when the field is in play. */
export function conditionOf(
  field: ScalarField,
  siblings: readonly { code: string; label: string }[],
  values: Parameters<typeof isActive>[1],
): string | undefined {
  if (isActive(field, values) || !field.when) return undefined
  const { equals, field: about } = field.when
  const sibling = siblings.find((one) => one.code === about) as ScalarField | undefined
  const labels = [equals].flat().map((code) => answerLabel(sibling, code))
  return stepText.onlyIf(sibling?.label ?? '', labels)
}

function answerLabel(field: ScalarField | undefined, code: string): string {
  const choices = field?.kind === 'yesno' ? YES_NO : field && 'choices' in field ? field.choices : []
  return choices.find((choice) => choice.code === code)?.label ?? code
}
