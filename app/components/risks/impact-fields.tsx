import type { Harm } from '../../../domain/risk-answers.ts'
import type { RiskChoices } from '../../pages/risk-forms.server.ts'
import { riskFormText as words } from '../../text/risks.ts'
import type { FormField } from '../form-fields.tsx'
import { useHasScript } from '../use-has-script.ts'
import { Choice } from './choice.tsx'

interface Props {
  field: FormField
  impact: RiskChoices['impact']
  /** Harms that the risk names; null where it names none, and any may be rated. */
  named: readonly Harm[] | null
}

/** The impact of each harm that is named. Without script both can be chosen, and the answer says which are asked. */
export function ImpactFields({ field, impact, named }: Props) {
  const hasScript = useHasScript()
  const rated = (harm: Harm) => ({
    field: field(harm),
    label: words.labels[harm],
    none: named?.includes(harm) ? words.chooseOne : words.notApplicable,
    isOff: hasScript && named !== null && !named.includes(harm),
  })
  return (
    <>
      <Choice
        {...rated('economic')}
        options={impact.map(({ code, name, economic }) => ({
          ...{ code, name: economic ? `${name}: ${words.smlmv(economic.min, economic.max)}` : name },
        }))}
      />
      <Choice
        {...rated('reputational')}
        options={impact.map(({ code, name, words: said }) => ({ code, name: `${name}: ${said}` }))}
      />
    </>
  )
}
