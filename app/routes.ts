import { layout, type RouteConfig, route } from '@remix-run/route-config'

/** The map of the product: Spanish address → English file, grouped by who opens it. */
export default [
  // Anyone, without signing in.
  layout('routes/public/layout.tsx', [
    route('/', 'routes/public/home.tsx'),
    route('ingresar', 'routes/public/sign-in.tsx'),
    route('crear-clave/:enlace', 'routes/public/new-password.tsx'),
    route('ayuda', 'routes/public/help.tsx'),
    route('accesibilidad', 'routes/public/accessibility.tsx'),
    route('privacidad', 'routes/public/privacy.tsx'),
    route('datos-abiertos', 'routes/public/open-data.tsx'),
    route('datos-abiertos/:conjunto', 'routes/public/dataset.tsx', { id: 'routes/public/dataset' }),
    route('datos-abiertos/:conjunto/:version', 'routes/public/dataset.tsx', { id: 'routes/public/dataset-version' }),
    route('verificar', 'routes/public/verify-start.tsx'),
    route('verificar/:codigo', 'routes/public/verify.tsx'),
    route('*', 'routes/public/not-found.tsx'),
  ]),
  route('escudo/:hash', 'routes/public/shield.ts'),
  route('datos-abiertos/:conjunto/:version/:archivo', 'routes/public/release-file.ts'),

  // Anyone with an account.
  route('salir', 'routes/person/sign-out.ts'),
  route('sesion', 'routes/person/session.ts'),
  route('posicion', 'routes/person/switch-position.ts'),
  route('ejercicios/:ejercicio/fuentes/:fuente/archivo', 'routes/sources/upload.ts'),
  route('ejercicios/:ejercicio/fuentes/:fuente/rechazados/:importacion', 'routes/sources/rejects.ts'),
  route('ejercicios/:ejercicio/pasos/:paso/borrador', 'routes/work/draft.ts'),
  route('ejercicios/:ejercicio/archivos/:archivo', 'routes/work/file.ts'),
  layout('routes/person/layout.tsx', [
    route('inicio', 'routes/person/start.tsx'),
    route('ejercicios/:ejercicio/fuentes', 'routes/sources/list.tsx'),
    route('ejercicios/:ejercicio/fuentes/nueva', 'routes/sources/new.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente', 'routes/sources/source.tsx'),
    route('ejercicios/:ejercicio/fuentes/:fuente/contrato', 'routes/sources/contract.tsx'),
    route('ejercicios/:ejercicio/analisis', 'routes/analysis/analysis.tsx'),
    route('confirmar-identidad', 'routes/person/confirm-identity.tsx'),

    // What waits for me, and the cycles with their steps.
    route('bandeja', 'routes/work/inbox.tsx'),
    route('ejercicios', 'routes/work/cycles.tsx'),
    route('ejercicios/nuevo', 'routes/work/new-cycle.tsx'),
    route('ejercicios/:ejercicio', 'routes/work/cycle.tsx'),
    route('ejercicios/:ejercicio/cancelar', 'routes/work/cancel-cycle.tsx'),
    route('ejercicios/:ejercicio/actos/:acto', 'routes/work/act.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso', 'routes/work/step.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/revise', 'routes/work/step-answers.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/revision', 'routes/work/decision.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/retirar', 'routes/work/withdraw.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/reabrir', 'routes/work/reopen.tsx'),
    route('ejercicios/:ejercicio/pasos/:paso/versiones/:version', 'routes/work/step-version.tsx'),
  ]),
] satisfies RouteConfig
