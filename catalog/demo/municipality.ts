/** What the demonstration says of a municipality: its agencies, points of attention and positions. */
import type { PointKind } from '../../domain/points.ts'
import type { Duty } from '../../domain/procedures.ts'

export interface DemoAgency {
  code: string
  name: string
  /** Code of the agency this one belongs to; null at the top. */
  parent: string | null
}

export interface DemoPoint {
  name: string
  kind: PointKind
  /** Code of the agency that attends there. */
  agency: string
}

export interface DemoPosition {
  duty: Duty
  /** Name of the position, and of the person who holds it. */
  position: string
  /** Code of the agency of the position. */
  agency: string
  headsAgency: boolean
  mailbox: string
}
