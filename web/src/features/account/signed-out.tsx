/** Nobody is signed in: the sign-in, or the first run when the installation belongs to nobody yet. */
import { useQuery } from '@tanstack/react-query'
import { body, client } from '@/api/client'
import { ErrorState, Loading } from '@/shared/states'
import { SetUp } from './set-up'
import { SignIn } from './sign-in'

export default function SignedOut() {
  const { data, error, refetch } = useQuery({
    queryKey: ['setup'],
    queryFn: () => body(client.GET('/api/v1/setup')),
  })
  if (error) return <ErrorState error={error} onAgain={() => void refetch()} />
  if (!data) return <Loading />
  return data.needed ? <SetUp codeNeeded={data.code_needed} onTaken={() => void refetch()} /> : <SignIn />
}
