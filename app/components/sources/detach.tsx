import { sourceText } from '../../text/sources.ts'
import { ConfirmForm } from '../confirm-form.tsx'

/** Takes the source off its cycle; closed until asked for. */
export function Detach({ here }: { here: string }) {
  return (
    <details className="quiet-details">
      <summary>{sourceText.detach}</summary>
      <ConfirmForm hidden={{ accion: 'retirar' }} submit={sourceText.detach} danger cancelTo={here}>
        <p className="reading">{sourceText.detachWhy}</p>
      </ConfirmForm>
    </details>
  )
}
