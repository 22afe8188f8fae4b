import type { Axis } from '../../../domain/risk-methodology.ts'
import type { LoadedMethodologyDraft } from '../../pages/methodology-draft.server.ts'
import { methodologyText, methodologyDraftText as words } from '../../text/methodologies.ts'
import { risksText } from '../../text/risks.ts'
import type { FormField } from '../form-fields.tsx'

interface MatrixProps {
  zones: LoadedMethodologyDraft['zones']
  /** From the lowest, as they are typed. */
  levels: Record<Axis, { code: string; name: string }[]>
  field: FormField
}

/** The matrix as the guide draws it, a choice in each cell; what is wrong with one is said below it. */
export function MatrixFields({ zones, levels, field }: MatrixProps) {
  const rows = levels.probability.map((level, i) => ({ ...level, i })).reverse()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll-region" aria-label={methodologyText.matrixCaption} tabIndex={0}>
      <table className="heat-map heat-map--choices">
        <caption className="caption">{methodologyText.matrixCaption}</caption>
        <thead>
          <tr>
            <td className="heat-map__corner">
              {risksText.probability} ↓ {risksText.impact} →
            </td>
            {levels.impact.map(({ code, name }) => (
              <th key={code} scope="col" className="heat-map__name">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row" className="heat-map__name">
                {row.name}
              </th>
              {levels.impact.map((column, j) => (
                <td key={column.code} className="heat-map__cell">
                  <Cell field={field(`matrix.${row.i}.${j}`)} label={words.cell(row.name, column.name)} zones={zones} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  field: ReturnType<FormField>
  label: string
  zones: { code: string; name: string }[]
}

function Cell({ field: { error, ...field }, label, zones }: CellProps) {
  const said = `${field.id}-fault`
  return (
    <>
      <select
        {...field}
        className="heat-map__choice"
        aria-label={label}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : said}
      >
        {field.defaultValue === '' && <option value="">{words.cellMissing}</option>}
        {zones.map((zone) => (
          <option key={zone.code} value={zone.code}>
            {zone.name}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <span className="heat-map__fault" id={said}>
          {error}
        </span>
      )}
    </>
  )
}
