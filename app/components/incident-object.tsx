import { Link } from '@remix-run/react'
import type { IncidentLine } from '../../db/incidents.ts'
import { isControlId } from '../../domain/controls.ts'
import { incidentsText, objectName } from '../text/administration.ts'
import { controlAddress, controlsText } from '../text/automatic-checks.ts'
import { COLLECTORS } from '../text/collectors.ts'

/** What an incident is about: the exercise or the step of it, a delegated access, an automatic control, else the kind of thing. */
export function IncidentObject({
  incident,
}: {
  incident: Pick<IncidentLine, 'objectType' | 'objectId' | 'control' | 'cycle'>
}) {
  const { cycle, objectType, objectId, control } = incident
  if (control !== null && isControlId(control))
    return <Link to={controlAddress(control)}>{controlsText[control].name}</Link>
  if (objectType === 'access_grant') return <Link to={`/accesos/${objectId}`}>{objectName(objectType)}</Link>
  if (objectType === 'collector') return <Link to={`${COLLECTORS}/${objectId}`}>{objectName(objectType)}</Link>
  if (!cycle) return <>{objectName(objectType)}</>
  const page = `/ejercicios/${cycle.id}`
  if (cycle.stepCode === null) return <Link to={page}>{cycle.name}</Link>
  return <Link to={`${page}/pasos/${cycle.stepCode}`}>{incidentsText.step(cycle.stepCode, cycle.name)}</Link>
}
