/** Sign-in: email, password, and a code from whoever has a second factor. What was typed stays after an error. */
import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { body, client, Problem } from '@/api/client'
import { signedIn } from '@/app/session'
import { useWords } from '@/shared/says'

export function SignIn() {
  const { t } = useTranslation()
  const says = useRefusal()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const entering = useMutation({
    mutationFn: () =>
      body(client.POST('/api/v1/session', { body: { email, password, ...(code ? { code } : {}) } })),
    onSuccess: signedIn,
    onError: error => {
      if (error instanceof Problem && error.name === 'second-factor-required') setCode(old => old ?? '')
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    entering.mutate()
  }
  return (
    <Paper p="xl" w="100%" maw={380} component="form" onSubmit={submit}>
      <Stack gap="md">
        <Title order={1}>{t('shell.signIn.title')}</Title>
        <TextInput
          label={t('shell.signIn.email')}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label={t('shell.signIn.password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        {code !== null && (
          <TextInput
            label={t('shell.signIn.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            required
            autoFocus
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
          />
        )}
        {says(entering.error, code) && (
          <Text c="var(--status-failed)" fz="sm" role="alert">
            {says(entering.error, code)}
          </Text>
        )}
        <Button type="submit" loading={entering.isPending}>
          {t('shell.signIn.submit')}
        </Button>
        <Text fz="sm" c="dimmed">
          {t('shell.signIn.forgotten')}
        </Text>
      </Stack>
    </Paper>
  )
}

/** Why a sign-in was refused; nothing when only the code is still to come. */
function useRefusal() {
  const { t } = useTranslation()
  const words = useWords()
  return (error: unknown, code: string | null): string | null => {
    if (!error) return null
    if (!(error instanceof Problem)) return words(error)
    if (error.name === 'second-factor-required') return code ? t('shell.signIn.wrongCode') : null
    if (error.status === 401) return t('shell.signIn.wrong')
    if (error.status === 429) return t('shell.signIn.throttled', { count: error.retryAfter ?? 60 })
    return words(error)
  }
}
