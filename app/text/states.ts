import type { StepStatus } from '../../domain/cycle-state.ts'
import type { ReleaseStatus } from '../../domain/releases.ts'
import type { TermChip } from '../../domain/terms.ts'

/** One vocabulary of states for every screen (screens.md §1). */

export const stepStateText: Record<StepStatus, string> = {
  not_started: 'No iniciado',
  in_progress: 'En curso',
  in_review: 'En revisión',
  in_approval: 'En aprobación',
  returned: 'Devuelto',
  approved: 'Aprobado',
  lapsed: 'Vencida por cambio',
  cancelled: 'Cancelado',
}

export const termText: Record<TermChip, string> = {
  on_time: 'A tiempo',
  due_soon: 'Por vencer',
  overdue: 'Vencido',
}

export type CycleStatus = 'requested' | 'active' | 'closed' | 'cancelled' | 'refused'
export const cycleStateText: Record<CycleStatus, string> = {
  requested: 'En trámite',
  active: 'En curso',
  closed: 'Terminado',
  cancelled: 'Cancelado',
  refused: 'No se inició',
}

export const releaseStateText: Record<ReleaseStatus, string> = {
  draft: 'Borrador',
  scheduled: 'Programada',
  published: 'Publicada',
  corrected: 'Corregida',
  withdrawn: 'Retirada',
  recalled: 'Retirada sin publicar',
  held: 'Retenida',
}

export type ActStatus = 'stored' | 'done' | 'confirmed' | 'refused'
export const actStateText: Record<ActStatus, string> = {
  stored: 'En trámite',
  done: 'Registrado',
  confirmed: 'Registrado',
  refused: 'No se pudo',
}
