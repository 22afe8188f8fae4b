import { Alert, Button, Heading, Select, TextField, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import { analysisText } from '../../text/analysis.ts'
import { errorOf, type ShownError } from '../form-errors.tsx'

interface Saved {
  what: 'figura' | 'segmento'
  outcome: 'added' | 'same' | 'conflict'
}

export function SavedNotice({ saved, stepTo }: { saved: Saved | undefined; stepTo: string }) {
  if (!saved) return null
  const words = {
    figura: { added: analysisText.savedFigure, same: analysisText.sameFigure, conflict: analysisText.conflict },
    segmento: { added: analysisText.savedSegment, same: analysisText.sameSegment, conflict: analysisText.conflict },
  }[saved.what][saved.outcome]
  return (
    <Alert variant={saved.outcome === 'added' ? 'success' : 'info'} role="status">
      {words} {saved.outcome !== 'conflict' && <Link to={stepTo}>{analysisText.toStep}</Link>}
    </Alert>
  )
}

interface FormProps {
  /** Id of the new row, made anew for each rendered form. */
  rowId: string
}

interface FigureProps extends FormProps {
  errors: ShownError[] | undefined
}

export function SaveFigure({ rowId, errors }: FigureProps) {
  const busy = useNavigation().formData?.get('accion') === 'figura'
  return (
    <Form method="post" noValidate preventScrollReset className="reading">
      <VStack gap="space-12">
        <input type="hidden" name="accion" value="figura" />
        <input type="hidden" name="fila" value={rowId} />
        <TextField
          id="titulo"
          name="titulo"
          label={analysisText.figureName}
          description={analysisText.figureNameHelp}
          error={errorOf(errors, 'titulo')}
        />
        <div>
          <Button type="submit" variant="secondary" loading={busy}>
            {analysisText.saveFigure}
          </Button>
        </div>
        <p className="quiet reading">{analysisText.saveFigureWhy}</p>
      </VStack>
    </Form>
  )
}

interface SegmentProps extends FormProps {
  sectors: { id: string; name: string }[]
  errors: ShownError[] | undefined
  name: string
}

export function SaveSegment({ rowId, sectors, errors, name }: SegmentProps) {
  const busy = useNavigation().formData?.get('accion') === 'segmento'
  return (
    <Form method="post" noValidate preventScrollReset className="reading">
      <VStack gap="space-16">
        <Heading level="3" size="xsmall">
          {analysisText.saveSegment}
        </Heading>
        <input type="hidden" name="accion" value="segmento" />
        <input type="hidden" name="fila" value={rowId} />
        <TextField
          id="nombre"
          name="nombre"
          label={analysisText.segmentName}
          defaultValue={name}
          error={errorOf(errors, 'nombre')}
        />
        <Select name="sector" label={analysisText.segmentSector}>
          <option value="">{analysisText.noSector}</option>
          {sectors.map((sector) => (
            <option key={sector.id} value={sector.id}>
              {sector.name}
            </option>
          ))}
        </Select>
        <div>
          <Button type="submit" variant="secondary" loading={busy}>
            {analysisText.saveSegment}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}
