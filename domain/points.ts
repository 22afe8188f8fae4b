/** Where an agency attends people: a centre of the city, a window of its own or another point (circular 4173.010.22.2.1020.000150, R1). */
export const POINT_KINDS = ['centro', 'ventanilla', 'punto'] as const
export type PointKind = (typeof POINT_KINDS)[number]
