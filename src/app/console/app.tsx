/** The console as a whole: words, theme, questions to the hub, and the screens one may see. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import vi from 'antd/locale/vi_VN'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createBrowserRouter, Navigate, Route, RouterProvider, Routes } from 'react-router'
import { isApiProblem } from './api/fault.ts'
import { mayWith, type Session, useSession } from './api/session.ts'
import { Guarded } from './frame/broken.tsx'
import { Frame } from './frame/frame.tsx'
import { LeaveQuestion } from './frame/leave-question.tsx'
import { looks } from './frame/look.ts'
import { Missing } from './frame/missing.tsx'
import { nonce } from './frame/nonce.ts'
import { useShade } from './frame/theme.ts'
import { Waiting } from './frame/waiting.tsx'
import { Dialogs } from './parts/dialogs.tsx'
import { FaultView } from './parts/fault-view.tsx'
import { screens } from './routes.ts'

const SignIn = lazy(() => import('./screens/sign-in/sign-in.tsx'))

const questions = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // What the hub has refused it refuses again; only a line that broke is worth another try.
      retry: (failures, error) => !isApiProblem(error) && failures < 2,
    },
  },
})

/** Each screen once, however often it is drawn anew. */
const loaded = screens.map((screen) => ({ screen, Screen: lazy(screen.load) }))

function Screens() {
  const { data: session } = useSession()
  if (!session) return null
  const own = loaded.filter(({ screen: { scope } }) => !scope || mayWith(session, scope))
  const first = own[0]?.screen.path
  return (
    <Routes>
      <Route element={<Framed session={session} />}>
        {first && <Route index element={<Navigate to={`/${first}`} replace />} />}
        {own.map(({ screen: { path }, Screen }) => (
          <Route key={path} path={path} element={<Screen />} />
        ))}
        <Route path="sign-in" element={<Navigate to="/" replace />} />
        <Route path="*" element={<Missing />} />
      </Route>
    </Routes>
  )
}

function Framed({ session }: { readonly session: Session }) {
  return (
    <Dialogs>
      <Frame session={session} />
      <LeaveQuestion />
    </Dialogs>
  )
}

/** One of its kind that can be told to wait while somebody is asked whether to leave. */
function SignedIn() {
  const [router] = useState(() =>
    createBrowserRouter([{ path: '*', element: <Screens /> }], { basename: '/console' }),
  )
  return <RouterProvider router={router} />
}

function Console() {
  const session = useSession()
  if (session.data) return <SignedIn />
  if (session.isPending) return <Waiting />
  if (isApiProblem(session.error) && session.error.status === 401) return <SignIn />
  return <FaultView error={session.error} onRetry={() => void session.refetch()} />
}

export function App() {
  const { i18n } = useTranslation()
  const shade = useShade()
  return (
    <ConfigProvider csp={{ nonce }} locale={i18n.language === 'en' ? en : vi} theme={looks[shade]}>
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={questions}>
          <Guarded>
            <Suspense fallback={<Waiting />}>
              <Console />
            </Suspense>
          </Guarded>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
