/** Before everything: sign-in, or the first run of an installation that nobody uses yet. */
import { Center } from '@mantine/core'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { ErrorState, Loading } from '@/shared/states'
import { useSession } from './session'

const SignedOut = lazy(() => import('@/features/account/signed-out'))

export function Gate() {
  const { data, error, refetch } = useSession()
  if (data) return <Outlet />
  return (
    <Center component="main" mih="100vh" p="md">
      {error ? (
        <ErrorState error={error} onAgain={() => void refetch()} />
      ) : (
        <Suspense fallback={<Loading />}>{data === null ? <SignedOut /> : <Loading />}</Suspense>
      )}
    </Center>
  )
}
