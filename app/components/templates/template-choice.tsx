import { Button, Heading, HStack, Select } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import { templatesText as text } from '../../text/templates.ts'

interface Version {
  id: string
  name: string
  n: number
}

interface Props {
  template: {
    mayChoose: boolean
    mayManage: boolean
    /** What the entity prints with; null where that is the product's own look. */
    ofEntity: Version | null
    chosen: Version | null
    /** What the report was submitted with, where it is not being written now. */
    frozen?: { template: Omit<Version, 'id'> | null }
    versions: Version[]
  }
}

/** What a report is printed with: chosen by whoever elaborates it, kept once it is submitted. */
export function TemplateChoice({ template }: Props) {
  const { mayChoose, mayManage, ofEntity, chosen, frozen, versions } = template
  const busy = useNavigation().formData?.has('plantilla') ?? false
  return (
    <section aria-labelledby="plantilla">
      <Heading level="2" size="small" id="plantilla">
        {text.ofReport}
      </Heading>
      {mayChoose ? (
        <Form method="post" key={chosen?.id}>
          <HStack gap="space-16" wrap align="end">
            <Select
              name="plantilla"
              label={text.ofReportLabel}
              description={text.ofReportHelp}
              defaultValue={chosen?.id ?? ''}
            >
              <option value="">{text.entityChoice(ofEntity)}</option>
              {versions.map((version) => (
                <option key={version.id} value={version.id}>
                  {text.versionChoice(version)}
                </option>
              ))}
            </Select>
            <Button type="submit" variant="secondary" loading={busy}>
              {text.choose}
            </Button>
          </HStack>
        </Form>
      ) : (
        <p className="quiet">{said(chosen, frozen)}</p>
      )}
      {mayManage && (
        <p className="links">
          <Link to="/administracion/plantillas">{text.manage}</Link>
        </p>
      )}
    </section>
  )
}

function said(chosen: Version | null, frozen: Props['template']['frozen']): string {
  if (frozen) return text.frozen(frozen.template && text.versionChoice(frozen.template))
  return chosen ? text.chosen(text.versionChoice(chosen)) : text.chosenDefault
}
