import { Button, HStack, Select, Textarea, TextField, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import { PERIODICITIES, type Periodicity } from '../../../domain/freshness.ts'
import { SENSITIVITIES } from '../../../domain/sources.ts'
import type { EarlierOption } from '../../pages/source.server.ts'
import { outsideText } from '../../text/connections.ts'
import { freshnessText, periodicityNames } from '../../text/freshness.ts'
import { contractText, sensitivityNames } from '../../text/sources.ts'
import { errorOf, FormErrors, type ShownError } from '../form-errors.tsx'
import { NativeField } from '../native-field.tsx'
import { ContinuedField } from './continuation.tsx'

type Field =
  | 'name'
  | 'ownerAgency'
  | 'legalBasis'
  | 'sensitivity'
  | 'periodFrom'
  | 'periodTo'
  | 'periodicity'
  | 'personKey'
  | 'demoNote'

interface Props {
  values: Record<Field, string>
  agencies: { id: string; name: string }[]
  errors: ShownError[] | undefined
  /** Made anew for each rendered form. */
  formKey?: string
  /** From which the data may be fetched; absent where that is not asked here, or not of this person. */
  connections?: { options: { id: string; name: string }[]; chosen: string; defineTo: string }
  /** What it may go on with; absent where that is not asked here. */
  continued?: { options: EarlierOption[]; chosen: string }
  submit: string
  cancelTo: string
}

/** The contract of a source: who answers for the data, why they may be used, how sensitive they are, for which period. */
export function ContractForm(props: Props) {
  const { values, agencies, errors, formKey, connections, continued, submit, cancelTo } = props
  const busy = useNavigation().state === 'submitting'
  const field = (name: Field) => ({ id: name, name, defaultValue: values[name], error: errorOf(errors, name) })
  return (
    <Form method="post" noValidate className="reading">
      <VStack gap="space-24">
        <FormErrors errors={errors} />
        {formKey && <input type="hidden" name="formKey" value={formKey} />}
        {continued && continued.options.length > 0 && <ContinuedField {...continued} />}
        <TextField {...field('name')} label={contractText.name} description={contractText.nameHelp} />
        <Select {...field('ownerAgency')} label={contractText.owner}>
          <option value="">{contractText.choose}</option>
          {agencies.map((agency) => (
            <option key={agency.id} value={agency.id}>
              {agency.name}
            </option>
          ))}
        </Select>
        <Textarea {...field('legalBasis')} label={contractText.legalBasis} description={contractText.legalHelp} />
        <Select {...field('sensitivity')} label={contractText.sensitivity}>
          <option value="">{contractText.choose}</option>
          {SENSITIVITIES.map((code) => (
            <option key={code} value={code}>
              {sensitivityNames[code]}
            </option>
          ))}
        </Select>
        <HStack gap="space-24" wrap>
          <NativeField type="date" {...field('periodFrom')} label={contractText.from} />
          <NativeField type="date" {...field('periodTo')} label={contractText.to} />
        </HStack>
        <Select {...field('periodicity')} label={freshnessText.periodicity} description={freshnessText.periodicityHelp}>
          <option value="">{freshnessText.noPeriodicity}</option>
          {(Object.keys(PERIODICITIES) as Periodicity[]).map((code) => (
            <option key={code} value={code}>
              {periodicityNames[code]}
            </option>
          ))}
        </Select>
        <TextField {...field('personKey')} label={contractText.personKey} description={contractText.personKeyHelp} />
        {connections && <Origin {...connections} />}
        <TextField {...field('demoNote')} label={contractText.note} description={contractText.noteHelp} />
        <HStack gap="space-16" wrap>
          <Button type="submit" loading={busy}>
            {submit}
          </Button>
          <Button as={Link} to={cancelTo} variant="tertiary">
            {contractText.cancel}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}

function Origin({ options, chosen, defineTo }: NonNullable<Props['connections']>) {
  return (
    <div>
      <Select
        id="conexion"
        name="conexion"
        label={outsideText.origin}
        description={outsideText.originHelp}
        defaultValue={chosen}
      >
        <option value="">{outsideText.originFile}</option>
        {options.map(({ id, name }) => (
          <option key={id} value={id}>
            {outsideText.originConnection(name)}
          </option>
        ))}
      </Select>
      <Link className="row-link" to={defineTo}>
        {outsideText.define}
      </Link>
    </div>
  )
}
