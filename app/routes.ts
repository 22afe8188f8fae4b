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
    route('*', 'routes/public/not-found.tsx'),
  ]),
  route('escudo/:hash', 'routes/public/shield.ts'),

  // Anyone with an account.
  route('salir', 'routes/person/sign-out.ts'),
  route('sesion', 'routes/person/session.ts'),
  route('posicion', 'routes/person/switch-position.ts'),
  layout('routes/person/layout.tsx', [
    route('inicio', 'routes/person/start.tsx'),
    route('confirmar-identidad', 'routes/person/confirm-identity.tsx'),
  ]),
] satisfies RouteConfig
