import { Button, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { MARGINS, PAPERS, SHIELDS, TEXT_SIZES, TYPEFACES } from '../../../domain/report-look.ts'
import { administrationText } from '../../text/administration.ts'
import { templatesText as text } from '../../text/templates.ts'
import { FormErrors } from '../form-errors.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'

interface Props {
  /** What the fields begin with. */
  values: Record<string, string>
  /** Its own shield as a picture; null without one. */
  image: string | null
  answer: Answer | undefined
  /** Whether the template gets its name here. */
  isNew: boolean
  save: string
}

type FieldProps = (name: string) => ReturnType<ReturnType<typeof fieldsOf>>

/** All that a version of a template holds, with one button to look at it and one to keep it. */
export function TemplateForm({ values, image, answer, isNew, save }: Props) {
  const field = fieldsOf('plantilla', answer, values)
  const navigation = useNavigation()
  const sent = navigation.state === 'submitting' ? navigation.formData?.get('intent') : undefined
  // A picture that was sent and taken comes back with what was typed.
  const ticket = answer?.values.image ?? values.image ?? ''
  return (
    <Form method="post" encType="multipart/form-data" noValidate className="template-form">
      <VStack gap="space-24">
        <FormErrors errors={errorsOf('plantilla', answer)} />
        <input type="hidden" name="image" value={ticket} />
        {isNew && <TextField {...field('name')} label={text.name} description={text.nameHelp} />}
        <Texts field={field} />
        <ShieldFields field={field} image={image} />
        <LookFields field={field} />
        <PageFields field={field} />
        <HStack gap="space-16" wrap>
          <Button type="submit" name="intent" value="ver" variant="secondary" loading={sent === 'ver'}>
            {text.see}
          </Button>
          <Button type="submit" name="intent" value="guardar" loading={sent === 'guardar'}>
            {save}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="template-group">
      <legend>{title}</legend>
      <VStack gap="space-16">{children}</VStack>
    </fieldset>
  )
}

function Texts({ field }: { field: FieldProps }) {
  return (
    <Group title={text.textsTitle}>
      <TextField {...field('header')} label={administrationText.optional(text.header)} />
      <TextField {...field('footer')} label={administrationText.optional(text.footer)} />
    </Group>
  )
}

function ShieldFields({ field, image }: { field: FieldProps; image: string | null }) {
  const { defaultValue: _, ...file } = field('image')
  return (
    <Group title={text.shieldTitle}>
      <Choice {...field('shield')} label={text.shield} options={SHIELDS.map((one) => [one, text.shields[one]])} />
      {image && <img src={image} alt={text.imageNow} height={72} className="shield-preview" />}
      <NativeField
        {...file}
        name="archivo"
        type="file"
        accept="image/png"
        label={text.image}
        description={text.imageHelp}
      />
    </Group>
  )
}

function LookFields({ field }: { field: FieldProps }) {
  return (
    <Group title={text.look}>
      <div className="template-pairs">
        <NativeField {...field('colour')} type="color" label={text.colour} description={text.colourHelp} />
        <NativeField {...field('tint')} type="color" label={text.tint} />
        <Choice
          {...field('typeface')}
          label={text.typeface}
          options={TYPEFACES.map((one) => [one, text.typefaces[one]])}
        />
        <Choice
          {...field('textSize')}
          label={text.textSize}
          options={TEXT_SIZES.map((one) => [one, text.points(one)])}
        />
      </div>
    </Group>
  )
}

function PageFields({ field }: { field: FieldProps }) {
  return (
    <Group title={text.pageTitle}>
      <div className="template-pairs">
        <Choice {...field('paper')} label={text.paper} options={PAPERS.map((one) => [one, text.papers[one]])} />
        <Choice
          {...field('margins')}
          label={text.margins}
          options={MARGINS.map((one) => [one, text.marginNames[one]])}
        />
        <YesNo {...field('cover')} label={text.cover} yes={text.coverYes} no={text.coverNo} />
        <YesNo {...field('contents')} label={text.contents} yes={text.contentsYes} no={text.contentsNo} />
        <YesNo {...field('numbered')} label={text.numbered} yes={text.numberedYes} no={text.numberedNo} />
        <TextField
          {...field('readabilityTarget')}
          inputMode="numeric"
          label={text.readabilityTarget}
          description={text.readabilityTargetHelp}
        />
      </div>
    </Group>
  )
}

type ChoiceProps = ReturnType<FieldProps> & { label: string }

function Choice({ options, ...field }: ChoiceProps & { options: readonly (readonly [string, string])[] }) {
  return (
    <Select {...field}>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  )
}

function YesNo({ yes, no, ...field }: ChoiceProps & { yes: string; no: string }) {
  return (
    <Choice
      {...field}
      options={[
        ['si', yes],
        ['no', no],
      ]}
    />
  )
}
