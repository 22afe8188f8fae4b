import { BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { FormErrors } from '../../components/form-errors.tsx'
import { errorsOf } from '../../components/form-fields.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { TemplateForm } from '../../components/templates/template-form.tsx'
import { TemplateSample } from '../../components/templates/template-sample.tsx'
import { actOnForm, actOnUse } from '../../pages/template-actions.server.ts'
import { loadTemplate } from '../../pages/templates.server.ts'
import { requireId } from '../../params.server.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { templatesText as text } from '../../text/templates.ts'
import { isUpload } from '../../uploads.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.last.name ?? text.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const id = requireId(params.plantilla, context)
  return await loadTemplate(context, actor, id, new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const templateId = requireId(params.plantilla, context)
  const { last } = await loadTemplate(context, actor, templateId, new URLSearchParams())
  if (isUpload(request)) return await actOnForm(context, actor, request, { templateId, name: last.name })
  return await actOnUse(context, actor, templateId, await request.formData())
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function Template() {
  const { last, versions, values, image, sample } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: text.title, to: '/administracion/plantillas' }, { label: last.name }]} />
        <PageHeader
          title={last.name}
          state={last.isRetired ? text.retiredState : text.templateState(last.n, last.isDefault)}
        />
        {!answer && <DoneNotice sentences={text.done} />}
      </div>
      <FormErrors errors={errorsOf('uso', answer)} />
      <Uses last={last} />
      {sample && <TemplateSample sample={sample} name={last.name} />}
      <Versions versions={versions} />
      <Section id="otra" title={text.nextTitle}>
        <BodyLong className="quiet">{text.nextHelp}</BodyLong>
        <TemplateForm
          key={sample?.query}
          values={values}
          image={image}
          answer={answer}
          isNew={false}
          save={text.saveNext(last.n + 1)}
        />
      </Section>
    </VStack>
  )
}

function Uses({ last }: { last: Page['last'] }) {
  return (
    <Form method="post">
      <HStack gap="space-16" wrap>
        {!last.isDefault && !last.isRetired && (
          <Button type="submit" name="intent" value="entidad" variant="secondary">
            {text.makeDefault}
          </Button>
        )}
        <Button as="a" href={`/administracion/plantillas/muestra/docx?version=${last.id}`} download variant="secondary">
          {text.export}
        </Button>
        {!last.isDefault && (
          <Button type="submit" name="intent" value={last.isRetired ? 'ofrecer' : 'retirar'} variant="tertiary">
            {last.isRetired ? text.restore : text.retire}
          </Button>
        )}
      </HStack>
    </Form>
  )
}

function Versions({ versions }: { versions: Page['versions'] }) {
  const { versionColumns: columns } = text
  return (
    <Section id="versiones" title={text.versionsTitle}>
      <BodyLong className="quiet">{text.versionsHelp}</BodyLong>
      <DataTable
        caption={text.versionsTitle}
        hideCaption
        rows={versions}
        rowKey={({ id }) => id}
        columns={[
          { key: 'n', header: columns.n, rowHeader: true, cell: ({ n }) => formatNumber(n) },
          { key: 'made', header: columns.made, cell: ({ madeBy, madeAt }) => text.made(madeBy, madeAt) },
          { key: 'colour', header: columns.colour, cell: ({ look }) => <Swatch colour={look.colour} /> },
          { key: 'page', header: columns.page, cell: ({ look }) => text.pageOf(look) },
          {
            key: 'sample',
            header: columns.sample,
            cell: ({ id, n, name }) => (
              <a href={`/administracion/plantillas/muestra/pdf?version=${id}`} download>
                {text.formats.pdf} <span className="aksel-sr-only">{text.versionChoice({ name, n })}</span>
              </a>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Swatch({ colour }: { colour: string }) {
  return (
    <span className="template-swatch">
      <span style={{ background: colour }} aria-hidden /> {colour}
    </span>
  )
}
