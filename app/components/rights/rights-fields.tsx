import { BodyLong, Radio, RadioGroup, Select, Textarea, TextField } from '@navikt/ds-react'
import { DOCUMENT_TYPES } from '../../../catalog/document-types.ts'
import { RIGHTS_AIMS, RIGHTS_QUALITIES, type RightsAim } from '../../../domain/rights.ts'
import type { RightsPage } from '../../../domain/rights-inputs.ts'
import { askRightsText as words } from '../../text/my-rights.ts'
import { errorOf, type ShownError } from '../form-errors.tsx'

export interface Entity {
  id: string
  name: string
}

interface Props {
  page: RightsPage
  entities: Entity[]
  values: Record<string, string>
  errors: ShownError[]
}

/** Fields of a page with their labels, in order. */
export function labelsOf(page: RightsPage, values: Record<string, string>): [field: string, label: string][] {
  if (page === 'solicitud') return [...ENTITY, ['aim', words.aim]]
  if (page === 'contacto')
    return [
      ['email', words.email],
      ['phone', words.phone],
      ['address', words.address],
    ]
  if (page === 'hechos') return [['facts', words.facts(values.aim as RightsAim)]]
  const [of, name] = page === 'titular' ? ['holder', words.holderName] : ['requester', words.requesterName]
  const person: [string, string][] = [
    [`${of}Name`, name],
    [`${of}DocumentType`, words.documentType],
    [`${of}Document`, words.documentNumber],
  ]
  return page === 'titular' ? [['quality', words.quality], ...person] : person
}

const ENTITY: [string, string][] = [['entityId', words.entity]]

/** The questions of one page. */
export function RightsFields({ page, entities, values, errors }: Props) {
  const field = (name: string) => ({
    ...{ id: `derechos-${name}`, name, defaultValue: values[name] ?? '' },
    error: errorOf(errors, `derechos-${name}`),
  })
  if (page === 'solicitud') return <Asked entities={entities} field={field} />
  if (page === 'titular') return <Holder field={field} />
  if (page === 'solicitante')
    return (
      <>
        <BodyLong>{words.requesterIntro}</BodyLong>
        <Person of="requester" name={words.requesterName} field={field} />
      </>
    )
  if (page === 'contacto')
    return (
      <>
        <BodyLong>{words.contactIntro}</BodyLong>
        <TextField {...field('email')} label={words.email} inputMode="email" autoComplete="email" />
        <TextField {...field('phone')} label={words.phone} inputMode="tel" autoComplete="tel" />
        <TextField {...field('address')} label={words.address} autoComplete="street-address" />
      </>
    )
  return (
    <Textarea
      {...field('facts')}
      label={words.facts(values.aim as RightsAim)}
      description={words.factsHelp}
      minRows={6}
      maxLength={4000}
    />
  )
}

type FieldOf = (name: string) => { id: string; name: string; defaultValue: string; error: string | undefined }

function Asked({ entities, field }: { entities: Entity[]; field: FieldOf }) {
  const entity = field('entityId')
  const aim = field('aim')
  const [only] = entities
  return (
    <>
      {entities.length === 1 && only ? (
        <input type="hidden" name="entityId" value={only.id} />
      ) : (
        <RadioGroup legend={words.entity} {...entity}>
          {entities.map(({ id, name }) => (
            <Radio key={id} value={id}>
              {name}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <RadioGroup legend={words.aim} {...aim}>
        {RIGHTS_AIMS.map((code) => (
          <Radio key={code} value={code} description={words.aims[code][1]}>
            {words.aims[code][0]}
          </Radio>
        ))}
      </RadioGroup>
    </>
  )
}

function Holder({ field }: { field: FieldOf }) {
  return (
    <>
      <RadioGroup legend={words.quality} {...field('quality')}>
        {RIGHTS_QUALITIES.map((code) => (
          <Radio key={code} value={code}>
            {words.qualities[code]}
          </Radio>
        ))}
      </RadioGroup>
      <Person of="holder" name={words.holderName} field={field} />
    </>
  )
}

function Person({ of, name, field }: { of: 'holder' | 'requester'; name: string; field: FieldOf }) {
  return (
    <>
      <TextField {...field(`${of}Name`)} label={name} autoComplete="off" />
      <Select {...field(`${of}DocumentType`)} label={words.documentType}>
        <option value="">{words.chooseDocumentType}</option>
        {DOCUMENT_TYPES.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Select>
      <TextField
        {...field(`${of}Document`)}
        label={words.documentNumber}
        description={words.documentHelp}
        autoComplete="off"
        spellCheck={false}
      />
    </>
  )
}
