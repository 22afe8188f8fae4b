import { Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { NativeField } from '../../components/native-field.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { readUploaded } from '../../pages/template-actions.server.ts'
import { loadTemplates } from '../../pages/templates.server.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { templatesText as text } from '../../text/templates.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(text.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadTemplates(context, await requireAdministrator(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await readUploaded(context, request)
}

export default function Templates() {
  const { templates } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <AdminCrumbs crumbs={[{ label: text.title }]} />
        <PageHeader
          title={text.title}
          state={text.state}
          action={
            <Button as={Link} to="/administracion/plantillas/nueva">
              {text.add}
            </Button>
          }
        />
      </div>
      {templates.length === 0 ? (
        <EmptyState title={text.none}>{text.noneWhy}</EmptyState>
      ) : (
        <DataTable
          caption={text.caption}
          rows={templates}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'name',
              header: text.columns.name,
              rowHeader: true,
              cell: ({ templateId, name }) => <Link to={`/administracion/plantillas/${templateId}`}>{name}</Link>,
            },
            { key: 'version', header: text.columns.version, numeric: true, cell: ({ n }) => formatNumber(n) },
            { key: 'made', header: text.columns.made, cell: ({ madeBy, madeAt }) => text.made(madeBy, madeAt) },
            {
              key: 'state',
              header: text.columns.state,
              cell: ({ isDefault, isRetired }) =>
                isDefault ? `✓ ${text.isDefault}` : isRetired ? text.isRetired : text.isOffered,
            },
          ]}
        />
      )}
      <Upload />
    </VStack>
  )
}

function Upload() {
  const answer = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
  const errors = answer?.errors
  return (
    <Section id="traer" title={text.uploadTitle}>
      <Form method="post" encType="multipart/form-data" noValidate className="reading">
        <VStack gap="space-16">
          <FormErrors errors={errors} />
          <NativeField
            type="file"
            id="archivo"
            name="archivo"
            accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            label={text.file}
            description={text.fileHelp}
            error={errorOf(errors, 'archivo')}
          />
          <div>
            <Button type="submit" variant="secondary" loading={busy}>
              {text.upload}
            </Button>
          </div>
        </VStack>
      </Form>
    </Section>
  )
}
